package io.winnow.jobs.redrive;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.winnow.jobs.format.SourceRecord;
import io.winnow.jobs.redrive.Letters.Redone;
import io.winnow.jobs.replay.PartitionRange;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.functions.util.ListCollector;
import org.junit.jupiter.api.Test;

class RedriveSelectionTest {
  private static final RedriveOptions ALL = new RedriveOptions("earliest", "now", List.of(), null);

  @Test
  void eachRecordGoesBackOnceWithTheMostAttemptsItHas() {
    Letters letters =
        new Letters()
            .letter(7, "invalid-json", "a")
            .letter("messages", 7, "invalid-json", "a", List.of(Letters.attempts(2)))
            .letter(7, "invalid-json", "a") // written twice
            .letter(8, "text-too-long", "b");

    RedriveSelection selection = select(letters, ALL, Letters.marks());

    assertThat(selection.offsets().get(0)).containsExactly(1, 3);
    assertThat(selection.ranges()).containsExactly(new PartitionRange(0, 1, 4));
    assertThat(selection.attempts(selection.id(0, 7))).contains(2);
    assertThat(selection.attempts(selection.id(0, 9))).isEmpty();
    assertThat(selection.counts()).isEqualTo(new LetterCounts(4, 0, 0, 0, 2, 0, 0));
    assertThat(selection.byReason())
        .containsOnly(entry("invalid-json", 1), entry("text-too-long", 1));
  }

  @Test
  void whatWasSentBackIsNotSentAgainNorAreItsCopies() {
    Letters letters =
        new Letters()
            .letter(1, "invalid-json", "enriched")
            .letter(1, "invalid-json", "enriched, a copy")
            .letter(2, "invalid-json", "failed again")
            .letter("messages", 2, "invalid-json", "failed again", List.of(Letters.attempts(2)))
            .letter(3, "invalid-json", "new");

    RedriveSelection selection =
        select(letters, ALL, Letters.marks(Redone.enriched(1), Redone.again(2, 1)));

    assertThat(selection.offsets().get(0)).containsExactly(3, 4);
    assertThat(selection.counts().redriven()).isEqualTo(3);
    assertThat(
            select(letters, ALL, Letters.marks(Redone.enriched(1), Redone.again(2, 2)))
                .offsets()
                .get(0))
        .containsExactly(4);
  }

  @Test
  void whatCannotBeSentOrIsNotAskedForIsCounted() {
    Letters letters =
        new Letters()
            .letter("messages", 1, "tombstone", null, List.of())
            .letter("messages", 2, "output-too-large", null, List.of())
            .letter("others", 3, "invalid-json", "another topic", List.of())
            .letter("messages", 4, "invalid-json", "a", List.of(Letters.replay("r")))
            .value("no letter".getBytes(UTF_8), List.of())
            .letter(5, "invalid-json", "a")
            .letter(6, "text-too-long", "a");

    RedriveSelection selection = select(letters, ALL, Letters.marks());
    RedriveSelection one =
        select(
            letters,
            new RedriveOptions("earliest", "now", List.of("text-too-long"), null),
            Letters.marks());

    assertThat(selection.size()).isEqualTo(2);
    assertThat(selection.counts()).isEqualTo(new LetterCounts(4, 0, 1, 1, 0, 2, 1));
    assertThat(one.offsets().get(0)).containsExactly(6);
    assertThat(one.counts()).isEqualTo(new LetterCounts(1, 0, 0, 0, 0, 2, 1));
  }

  @Test
  void thoseOfAnotherPipelineStay() {
    Letters letters =
        new Letters()
            .letter("messages", 4, "text-too-long", "a", List.of(Letters.pipeline("other")))
            .letter("messages", 4, "text-too-long", "a", List.of(Letters.pipeline("support")))
            .letter(5, "invalid-json", "of one that does not tell");
    Marks marks = Letters.marks();
    LetterId other = new LetterId("other", "messages", 0, 4, null);
    marks.add(Letters.record(other.key().getBytes(UTF_8), Marks.value(new Mark(1, true, "r"))));

    RedriveSelection selection = select(letters, ALL, marks);

    assertThat(selection.offsets().get(0)).containsExactly(1, 2);
    assertThat(selection.counts().others()).isEqualTo(1);
  }

  @Test
  void aMarkThatTellsOfNoPipelineIsOneOfAny() {
    Letters letters =
        new Letters()
            .letter("messages", 4, "invalid-json", "a", List.of(Letters.pipeline("support")));
    Marks marks = Letters.marks();
    LetterId any = new LetterId(null, "messages", 0, 4, null);
    marks.add(Letters.record(any.key().getBytes(UTF_8), Marks.value(new Mark(1, true, "r"))));

    assertThat(select(letters, ALL, marks).size()).isZero();
  }

  @Test
  void thoseOfAReplayAreRecordsOfTheirOwn() {
    Letters letters =
        new Letters()
            .letter(4, "invalid-json", "live")
            .letter("messages", 4, "invalid-json", "replayed", List.of(Letters.replay("r")))
            .letter("messages", 5, "invalid-json", "replayed", List.of(Letters.replay("r")))
            .letter("messages", 5, "invalid-json", "replayed", List.of(Letters.replay("s")));
    RedriveOptions replay = new RedriveOptions("earliest", "now", List.of(), "r");

    RedriveSelection selection = select(letters, replay, Letters.marks(Redone.enriched(4)));

    assertThat(selection.offsets().get(0)).containsExactly(1, 2);
    assertThat(selection.counts().others()).isEqualTo(2);
  }

  @Test
  void onlyThoseThatAreSelectedBecomeTheRecordsThatTheyWere() {
    Letters letters = new Letters().letter(1, "invalid-json", "a").letter(2, "invalid-json", "b");
    List<SourceRecord> originals = new ArrayList<>();
    RedriveSelection selection = select(letters, ALL, Letters.marks(Redone.enriched(1)));

    OriginalFunction function = new OriginalFunction(selection.offsets());
    letters.records().forEach(r -> function.flatMap(r, new ListCollector<>(originals)));

    assertThat(originals).hasSize(1);
    SourceRecord original = originals.get(0);
    assertThat(original.position().toString())
        .contains("messages", "\"offset\": 2", "\"timestamp\": 1002");
    assertThat(original.value()).isEqualTo("b".getBytes(UTF_8));
    assertThat(original.key()).isNull();
  }

  private static RedriveSelection select(Letters letters, RedriveOptions options, Marks marks) {
    RedriveSelection selection = new RedriveSelection("support", "messages", options, marks);
    letters.records().forEach(selection::add);
    return selection;
  }
}
