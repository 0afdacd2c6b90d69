package io.winnow.jobs.diff;

import static io.winnow.jobs.diff.Enriched.labels;
import static io.winnow.jobs.diff.Enriched.record;
import static io.winnow.jobs.diff.Enriched.span;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.winnow.jobs.GermanLocale;
import io.winnow.jobs.evaluation.AnswerKind;
import io.winnow.jobs.evaluation.Comparison;
import io.winnow.jobs.evaluation.Confusion;
import io.winnow.jobs.evaluation.Counts;
import io.winnow.jobs.evaluation.Finding;
import io.winnow.jobs.evaluation.ScoreChange;
import io.winnow.jobs.format.EnrichedReader;
import io.winnow.jobs.format.SourceRecord;
import io.winnow.jobs.format.UnreadableCounts;
import io.winnow.jobs.pipeline.Pipeline;
import io.winnow.operators.config.ConfigurationException;
import io.winnow.operators.config.Substitution;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TopicJoinTest {
  /** Few enough that topics of more than four records are read in step. */
  private static final int IN_STEP = 4;

  private static final int WHOLE = 1_000;

  @ParameterizedTest
  @ValueSource(ints = {WHOLE, IN_STEP})
  void recordsAreComparedByTheirSourcePosition(int mostKept) throws Exception {
    TopicDiff diff =
        diff(
            mostKept,
            ListedTopic.of(
                "a",
                record(0, "x"),
                record(1, "x"),
                record(3, "x"),
                record(4, "y"),
                record(5, "x")),
            ListedTopic.of(
                "b",
                record(1, "x"),
                record(2, "x"),
                record(3, "y"),
                record(4, "y"),
                record(5, "x"),
                record(6, "x")));

    assertThat(diff.joined()).isEqualTo(4);
    assertThat(diff.a()).isEqualTo(counts("a", 5, 1));
    assertThat(diff.b()).isEqualTo(counts("b", 6, 2));
    Comparison comparison = only(diff);
    assertThat(comparison.texts()).isEqualTo(4);
    assertThat(comparison.agreed()).isEqualTo(3);
    assertThat(comparison.target().kind()).isEqualTo(AnswerKind.LABEL);
    assertThat(comparison.changes().mistakes()).containsExactly(new Confusion("x", "y", 1));
    assertThat(comparison.disagreements())
        .singleElement()
        .satisfies(
            pair -> {
              assertThat(pair.place()).isEqualTo("messages, partition 0, offset 3");
              assertThat(pair.text()).isEqualTo("Hello\n Anna in Paris");
            });
  }

  @ParameterizedTest
  @ValueSource(ints = {WHOLE, 60})
  void whatIsALittleOutOfOrderIsJoinedAllTheSame(int mostKept) throws Exception {
    Random random = new Random(7);

    TopicDiff diff =
        diff(mostKept, disordered("a", 500, 10, random), disordered("b", 500, 10, random));

    assertThat(diff.joined()).isEqualTo(500);
    assertThat(diff.a()).isEqualTo(counts("a", 500, 0));
    assertThat(diff.b()).isEqualTo(counts("b", 500, 0));
  }

  @Test
  void whatComesFarTooLateIsToldAndNotComparedWithAnything() throws Exception {
    List<SourceRecord> late = ordered(0, 50);
    Collections.rotate(late, -1); // the first record comes last

    TopicDiff diff = diff(IN_STEP, new ListedTopic("a", List.of(late), 2), topic("b", 0, 50));

    assertThat(diff.joined()).isEqualTo(49);
    assertThat(diff.a().late()).isEqualTo(1);
    assertThat(diff.b().only()).isEqualTo(1);
  }

  @Test
  void aShortRangeInTheMiddleOfALongTopicIsFoundInStep() throws Exception {
    TopicDiff diff = diff(IN_STEP, topic("a", 0, 300), topic("b", 200, 220));

    assertThat(diff.joined()).isEqualTo(20);
    assertThat(diff.a()).isEqualTo(counts("a", 300, 280));
    assertThat(diff.b()).isEqualTo(counts("b", 20, 0));
  }

  @Test
  void aTopicWithOtherPartitionsIsJoinedWhileItIsSmall() throws Exception {
    ListedTopic a =
        new ListedTopic(
            "a",
            List.of(
                List.of(inPartition(0, 1, 5), inPartition(0, 0, 5)), List.of(inPartition(1, 1, 6))),
            1);
    ListedTopic b = ListedTopic.of("b", inPartition(0, 1, 6), inPartition(0, 0, 5));

    TopicDiff diff = join(a, b, WHOLE).run("messages", 2);

    assertThat(diff.joined()).isEqualTo(2);
    assertThat(diff.a().only()).isEqualTo(1);
    assertThatExceptionOfType(ConfigurationException.class)
        .isThrownBy(() -> join(a, b, 1).run("messages", 2))
        .withMessageContaining(
            "at most 1 records, or both to have as many partitions as 'messages', 2, found 'a' with"
                + " up to 3 in 2 and 'b' with up to 2 in 1");
  }

  @Test
  @ExtendWith(GermanLocale.class)
  void numbersAreWrittenInTheSameWayInEachLocale() {
    ListedTopic a = topic("a", 0, 1_001);
    ListedTopic b = topic("b", 0, 1_002);

    assertThatExceptionOfType(ConfigurationException.class)
        .isThrownBy(() -> join(a, b, WHOLE).run("messages", 2))
        .withMessageContaining("at most 1,000 records")
        .withMessageContaining("found 'a' with up to 1,001 in 1 and 'b' with up to 1,002 in 1");
  }

  @Test
  void whatLiesInAnotherPartitionIsToldInStep() throws Exception {
    List<SourceRecord> records = ordered(0, 9);
    records.set(4, record(0, 1, 4, labels("support", "intent", "f1", "x", 1)));

    TopicDiff diff = diff(IN_STEP, new ListedTopic("a", List.of(records), 2), topic("b", 0, 9));

    assertThat(diff.joined()).isEqualTo(8);
    assertThat(diff.a().unreadableByReason()).containsOnlyKeys("misplaced");
    assertThat(diff.a().unreadable().examples().get("misplaced"))
        .isEqualTo(
            "partition 0, offset 1004: Expected a record of messages, partition 0, found one of"
                + " messages, partition 1, offset 4; topics of this size are read in step");
  }

  @ParameterizedTest
  @ValueSource(ints = {WHOLE, IN_STEP})
  void ofDoubledRecordsTheFirstCounts(int mostKept) throws Exception {
    TopicDiff diff =
        diff(
            mostKept,
            ListedTopic.of(
                "a",
                record(0, "x"),
                record(0, "y"),
                record(1, "x"),
                record(1, "y"),
                record(2, "x"),
                record(3, "x")),
            ListedTopic.of(
                "b",
                record(0, "x"),
                record(1, "x"),
                record(1, "y"),
                record(2, "x"),
                record(3, "x"),
                record(3, "x")));

    assertThat(only(diff).agreement()).isEqualTo(1);
    assertThat(diff.joined()).isEqualTo(4);
    assertThat(diff.a().doubled()).isEqualTo(2);
    assertThat(diff.b().doubled()).isEqualTo(2);
    assertThat(diff.a().only() + diff.b().only()).isZero();
  }

  @Test
  void tombstonesAndBrokenValuesAreCountedByReason() throws Exception {
    TopicDiff diff =
        diff(
            WHOLE,
            ListedTopic.of("a", record(0, "x"), record(1, "x"), record(2, "x")),
            ListedTopic.of("b", record(0, 0, null), record(0, 1, "{"), record(2, "x")));

    assertThat(diff.joined()).isEqualTo(1);
    assertThat(diff.a().only()).isEqualTo(2);
    assertThat(diff.b().unreadableByReason()).containsOnlyKeys("tombstone", "invalid-json");
    assertThat(diff.b().unreadables()).isEqualTo(2);
    assertThat(diff.b().unreadable().examples().get("tombstone"))
        .startsWith("partition 0, offset 1000: ");
  }

  @Test
  void headsOfOneSideAloneAndOfOtherKindsAreTold() throws Exception {
    String intent = labels("support", "intent", "f1", "x", 1);
    String vector = Enriched.enrichment("vectors", "v", "f1", "\"vector\":[0.5]");

    TopicDiff diff =
        diff(
            WHOLE,
            ListedTopic.of(
                "a",
                record(0, 0, String.join(",", intent, labels("old", "h", "f1", "x", 1), vector)),
                record(0, 1, intent + "," + labels("mixed", "h", "f1", "x", 1))),
            ListedTopic.of(
                "b",
                record(0, 0, intent + "," + vector),
                record(
                    0,
                    1,
                    String.join(
                        ",",
                        intent,
                        span("mixed", "h", "text", "LOC", 8, 13),
                        labels("new", "h", "f1", "x", 1)))));

    assertThat(diff.heads())
        .extracting(head -> head.name().title())
        .containsExactly("support/intent");
    assertThat(diff.unmatched())
        .containsExactly(
            new Unmatched(new HeadName("mixed", "h"), 0, 0, 1),
            new Unmatched(new HeadName("new", "h"), 0, 1, 0),
            new Unmatched(new HeadName("old", "h"), 1, 0, 0),
            new Unmatched(new HeadName("vectors", "v"), 0, 0, 1));
  }

  @Test
  void spansOfSeveralFieldsAreGainedAndLostInTheWholeText() throws Exception {
    TopicDiff diff =
        diff(
            WHOLE,
            ListedTopic.of(
                "a",
                record(0, 0, span("support", "entities", "text", "PER", 0, 4)),
                record(0, 1, span("support", "entities", "subject", "PER", 0, 4)),
                record(0, 2, span("support", "entities", "unknown", "PER", 0, 4))),
            ListedTopic.of(
                "b",
                record(0, 0, span("support", "entities", "text", "PER", 0, 4)),
                record(0, 1, span("support", "entities", "text", "PER", 0, 4)),
                record(0, 2, span("support", "entities", "other", "PER", 0, 4))));

    Comparison comparison = only(diff);
    assertThat(comparison.agreed()).isEqualTo(1);
    assertThat(comparison.labels().of("PER")).isEqualTo(new Counts(1, 2, 2));
    assertThat(comparison.disagreements().get(0).b().findings())
        .containsExactly(new Finding("PER", 7, 11)); // behind "Hello", a line break and a space
    assertThat(comparison.scoreShift().count()).isEqualTo(1);
  }

  @Test
  void ofOneLabelOnlyTheFirstCountsAndTheOthersAreScores() throws Exception {
    TopicDiff diff =
        diff(
            WHOLE,
            ListedTopic.of("a", record(0, 0, labels("s", "h", "f1", "x", .6, "y", .4))),
            ListedTopic.of("b", record(0, 0, labels("s", "h", "f2", "x", .9, "z", .1))));

    assertThat(only(diff).target().kind()).isEqualTo(AnswerKind.LABEL);
    assertThat(only(diff).agreed()).isEqualTo(1);
    assertThat(only(diff).scoreChanges()).extracting(ScoreChange::a).containsExactly((double) .6f);
    assertThat(diff.heads().get(0).comparison().b().fingerprint()).isEqualTo("f2");
  }

  @Test
  void labelsWhoseScoresAddUpToMoreThanOneAreSeveral() throws Exception {
    TopicDiff diff =
        diff(
            WHOLE,
            ListedTopic.of(
                "a",
                record(0, 0, labels("s", "h", "f1", "x", .6)),
                record(0, 1, labels("s", "h", "f1", "x", .9, "y", .8))),
            ListedTopic.of(
                "b",
                record(0, 0, labels("s", "h", "f1", "x", .6, "z", .3)),
                record(0, 1, labels("s", "h", "f1", "y", .9, "x", .8))));

    assertThat(only(diff).target().kind()).isEqualTo(AnswerKind.LABELS);
    assertThat(only(diff).agreed()).isEqualTo(1);
    assertThat(only(diff).labels().of("z")).isEqualTo(new Counts(0, 1, 0));
  }

  @Test
  void theModelOfMostAnswersIsNamedAndTheOthersAreCounted() throws Exception {
    TopicDiff diff =
        diff(
            WHOLE,
            ListedTopic.of(
                "a",
                record(0, 0, labels("s", "h", "old", "x", 1)),
                record(0, 1, labels("s", "h", "new", "x", 1)),
                record(0, 2, labels("s", "h", "new", "x", 1))),
            ListedTopic.of(
                "b",
                record(0, 0, labels("s", "h", "new", "x", 1)),
                record(0, 1, labels("s", "h", "new", "x", 1)),
                record(0, 2, labels("s", "h", "new", "x", 1))));

    assertThat(diff.heads().get(0).comparison().a().fingerprint()).isEqualTo("new");
    assertThat(diff.heads().get(0).othersOfA()).isEqualTo(1);
    assertThat(diff.heads().get(0).othersOfB()).isZero();
  }

  @Test
  void eachRecordIsToldOnce() throws Exception {
    AtomicInteger told = new AtomicInteger();
    TopicRecords b = ListedTopic.of("b", record(0, "x"), record(0, 1, null));

    new TopicJoin(topic("a", 0, 3), b, reader(), told::incrementAndGet).run("messages", 1);

    assertThat(told).hasValue(5);
  }

  private static Comparison only(TopicDiff diff) {
    assertThat(diff.heads()).hasSize(1);
    return diff.heads().get(0).comparison().comparison();
  }

  private static SideCounts counts(String topic, long records, long only) {
    return new SideCounts(topic, records, only, 0, 0, UnreadableCounts.NONE);
  }

  private static SourceRecord inPartition(int partition, int sourcePartition, long offset) {
    return record(partition, sourcePartition, offset, labels("support", "intent", "f1", "x", 1));
  }

  private static ListedTopic topic(String name, int from, int to) {
    return new ListedTopic(name, List.of(ordered(from, to)), 2);
  }

  private static List<SourceRecord> ordered(int from, int to) {
    List<SourceRecord> records = new ArrayList<>();
    for (int i = from; i < to; i++) {
      records.add(record(i, "x"));
    }
    return records;
  }

  /** Records of which each few ones lie in any order. */
  private static ListedTopic disordered(String name, int count, int few, Random random) {
    List<SourceRecord> records = ordered(0, count);
    for (int i = 0; i + few <= count; i += few) {
      Collections.shuffle(records.subList(i, i + few), random);
    }
    return new ListedTopic(name, List.of(records), 7);
  }

  private static TopicDiff diff(int mostKept, TopicRecords a, TopicRecords b) throws Exception {
    return join(a, b, mostKept).run("messages", 1);
  }

  private static TopicJoin join(TopicRecords a, TopicRecords b, int mostKept) throws Exception {
    return new TopicJoin(a, b, reader(), () -> {}, mostKept);
  }

  private static EnrichedReader reader() throws ConfigurationException {
    return new EnrichedReader(
        Pipeline.parse(
            "p.yaml",
            """
            name: support
            source: {bootstrap-servers: "localhost:9092", topic: messages}
            text: [subject, text]
            enrichments: [{name: support, model: models/support}]
            sink: {topic: out}
            dead-letters: {topic: dead}
            """,
            Substitution.none()));
  }
}
