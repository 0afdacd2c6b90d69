package io.winnow.jobs.stale;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.winnow.jobs.format.SourceRecord;
import io.winnow.jobs.format.UnreadableException;
import io.winnow.jobs.pipeline.Pipeline;
import io.winnow.jobs.replay.PartitionRange;
import io.winnow.operators.config.Substitution;
import io.winnow.schemas.Header;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.functions.util.ListCollector;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StaleSelectionTest {
  private static final long END = 100;

  private final List<SourceRecord> topic = new ArrayList<>();
  private StaleSelection selection;

  @BeforeEach
  void create() throws Exception {
    String yaml =
        """
        name: p
        source: {bootstrap-servers: "localhost:9092", topic: messages}
        text: text
        enrichments: [{name: intent, model: m}, {name: names, model: n}]
        sink: {topic: out}
        dead-letters: {topic: dead}
        """;
    Pipeline pipeline =
        Pipeline.parse("p.yaml", yaml, Substitution.none())
            .withFingerprints(Map.of("intent", "i2", "names", "n7"));
    selection =
        new StaleSelection(
            pipeline, List.of(new PartitionRange(0, 0, END), new PartitionRange(1, 0, END)));
  }

  @Test
  void anEventIsStaleUnlessItCarriesAllPresentFingerprints() throws Exception {
    add(0, 10, element("intent", "i2"), element("names", "n7"));
    add(0, 11, element("intent", "i2"), element("names", "n6"));
    add(0, 12, element("intent", "i2"));
    add(0, 13, element("names", "n7"), element("other", "x"), element("intent", "i2"));

    assertThat(taken()).containsExactly(11L, 12L);
    assertThat(selection.counts().records()).isEqualTo(4);
    assertThat(selection.counts().stale()).isEqualTo(2);
  }

  @Test
  void ofSeveralEventsOfARecordOneIsTakenAndNoneBesideAFreshOne() throws Exception {
    add(0, 10, element("intent", "i1"));
    add(1, 10, element("intent", "i0"));
    add(0, 11, element("intent", "i1"));
    add(1, 11, element("intent", "i2"), element("names", "n7"));
    add(1, 12, element("intent", "i2"), element("names", "n7"));
    add(0, 12, element("intent", "i1"));

    assertThat(taken()).containsExactly(10L);
    assertThat(selection.counts().stale()).isEqualTo(1);
  }

  @Test
  void whatWasEnrichedAgainBehindTheRangeIsNotStaleInIt() throws Exception {
    add(0, 10, element("intent", "i1"));
    add(0, 11, element("intent", "i1"));
    SourceRecord stale = record("messages", 0, 12, END + 1, element("intent", "i1"));
    SourceRecord fresh =
        record("messages", 0, 11, END, element("intent", "i2"), element("names", "n7"));
    put(fresh);
    put(stale);
    put(new SourceRecord("out", 0, END + 2, 1L, null, List.of(), bytes("{")));

    assertThat(taken()).containsExactly(10L);
    assertThat(selection.counts().records()).isEqualTo(2);
    assertThat(selection.counts().stale()).isEqualTo(1);
    assertThat(selection.counts().unreadables()).isZero();
  }

  @Test
  void whatIsOfAnotherTopicOrPipelineOrNoEventStaysAndIsCounted() throws Exception {
    add("elsewhere", 0, 10, element("intent", "i1"));
    add(0, 14, element("sentiment", "s3"));
    add(0, 15);
    put(new SourceRecord("out", 0, 50, 1L, null, List.of(), bytes("{")));
    put(new SourceRecord("out", 0, 51, 1L, null, List.of(), null));

    assertThat(taken()).isEmpty();
    assertThat(selection.counts().others()).isEqualTo(3);
    assertThat(selection.counts().unreadable().byReason())
        .isEqualTo(Map.of("invalid-json", 1L, "tombstone", 1L));
  }

  private void add(int partition, long sourceOffset, String... elements) {
    add("messages", partition, sourceOffset, elements);
  }

  private void add(String source, int partition, long sourceOffset, String... elements) {
    put(record(source, partition, sourceOffset, topic.size(), elements));
  }

  private static SourceRecord record(
      String source, int partition, long sourceOffset, long offset, String... elements) {
    List<Header> headers =
        List.of(
            new Header("winnow-source-topic", ByteBuffer.wrap(bytes(source))),
            new Header("winnow-source-partition", ByteBuffer.wrap(bytes("4"))),
            new Header("winnow-source-offset", ByteBuffer.wrap(bytes("" + sourceOffset))));
    String value = "{\"text\":\"a\",\"enrichments\":[%s]}".formatted(String.join(",", elements));
    return new SourceRecord("out", partition, offset, 1L, null, headers, bytes(value));
  }

  private void put(SourceRecord record) {
    topic.add(record);
    selection.add(record);
  }

  /** Returns the offsets in the source of what is taken. */
  private List<Long> taken() throws UnreadableException {
    List<SourceRecord> taken = new ArrayList<>();
    StaleFunction function = selection.function();
    for (SourceRecord record : topic) {
      function.flatMap(record, new ListCollector<>(taken));
    }
    assertThat(taken)
        .allSatisfy(
            original -> {
              assertThat(original.topic()).isEqualTo("messages");
              assertThat(original.partition()).isEqualTo(4);
            });
    return taken.stream().map(SourceRecord::offset).toList();
  }

  private static String element(String name, String fingerprint) {
    return "{\"name\":\"%s\",\"head\":\"h\",\"fingerprint\":\"%s\",\"labels\":[]}"
        .formatted(name, fingerprint);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }
}
