package io.winnow.jobs.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.winnow.jobs.GermanLocale;
import io.winnow.operators.config.ConfigurationException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

class RangeResolverTest {
  private static final Bound EARLIEST = new Bound.Earliest();
  private static final Bound NOW = new Bound.Now();
  private static final Bound AT_20 = new Bound.At(Instant.ofEpochMilli(20));
  private static final Bound AT_40 = new Bound.At(Instant.ofEpochMilli(40));

  /** Offsets 0 to 9; the first record is of 10 ms, the newest of 50 ms. */
  private static final PartitionFacts TEN =
      partition(0, 0, 10, new Position(3, 22), new Position(7, 41));

  /** Retention has taken the offsets before 100. */
  private static final PartitionFacts TAKEN =
      partition(1, 100, 120, new Position(100, 30), Position.NONE);

  private static final PartitionFacts EMPTY = partition(2, 5, 5, Position.NONE, Position.NONE);

  @Test
  void fromTheFirstRecordToTheLastCommittedOne() throws Exception {
    ReplayRange range = resolve(EARLIEST, NOW, TEN, TAKEN, EMPTY);

    assertThat(range.partitions())
        .containsExactly(new PartitionRange(0, 0, 10), new PartitionRange(1, 100, 120));
    assertThat(range.offsets()).isEqualTo(30);
    assertThat(range.first()).isEqualTo("1970-01-01T00:00:00.010Z");
    assertThat(range.last()).isEqualTo("1970-01-01T00:00:00.050Z");
  }

  @Test
  void aTimeIsTheFirstRecordThatIsNotBeforeItOrTheEnd() throws Exception {
    ReplayRange range = resolve(AT_20, AT_40, TEN, TAKEN, EMPTY);

    assertThat(range.partitions())
        .containsExactly(new PartitionRange(0, 3, 7), new PartitionRange(1, 100, 120));
    assertThat(range.first()).isEqualTo("1970-01-01T00:00:00.022Z");
    assertThat(range.last()).isEqualTo("1970-01-01T00:00:00.040Z");
  }

  @Test
  void aRecordThatIsNotCommittedYetLiesBehindTheRange() throws Exception {
    PartitionFacts open = partition(0, 0, 10, new Position(3, 22), new Position(15, 45));

    assertThat(resolve(AT_20, AT_40, open).partitions())
        .containsExactly(new PartitionRange(0, 3, 10));
  }

  @Test
  void offsetsOfAFileAreTakenAsTheyAre() throws Exception {
    ReplayRange range =
        resolve(offsets(0, 2, 1, 110, 2, 5), offsets(0, 4, 1, 110, 2, 5), TEN, TAKEN, EMPTY);

    assertThat(range.partitions()).containsExactly(new PartitionRange(0, 2, 4));
    assertThat(range.first()).isNull();
    assertThat(range.last()).isNull();
  }

  @Test
  void everyOffsetThatTheTopicDoesNotHoldIsTold() {
    assertThat(problems(offsets(0, 11, 1, 99, 2, 5), NOW, TEN, TAKEN, EMPTY))
        .containsExactly(
            "--from: expected an offset from 0 to 10 in partition 0, as topic 'in' holds, found 11",
            "--from: expected an offset from 100 to 120 in partition 1, as topic 'in' holds, found"
                + " 99");
  }

  @Test
  void aFileOfOffsetsNamesEveryPartition() {
    assertThat(problems(offsets(0, 1, 7, 1), NOW, TEN, TAKEN))
        .containsExactly(
            "--from: expected an offset for each of the partitions [0, 1] of topic 'in', found"
                + " [0, 7]");
  }

  @Test
  void anInvertedRangeIsToldWithBothEnds() {
    assertThat(problems(AT_40, AT_20, TEN))
        .containsExactly(
            "--to: expected a time after the start 1970-01-01T00:00:00.040Z, found"
                + " 1970-01-01T00:00:00.020Z");
    assertThat(problems(offsets(0, 5), offsets(0, 4), TEN))
        .containsExactly(
            "--to: expected an offset from 5 on, where the range starts in partition 0, found 4");
  }

  @Test
  void anEmptyRangeIsToldWithWhatTheTopicHolds() {
    assertThat(problems(NOW, NOW, TEN, TAKEN))
        .containsExactly(
            "--from, --to: expected a range with records, found none; topic 'in' holds at most 30"
                + " records in 2 partitions, of 1970-01-01T00:00:00.010Z to"
                + " 1970-01-01T00:00:00.050Z");
    assertThat(problems(EARLIEST, NOW, EMPTY))
        .containsExactly(
            "--from, --to: expected a range with records, found none; topic 'in' holds no committed"
                + " record");
  }

  @Test
  @ExtendWith(GermanLocale.class)
  void whatATopicHoldsIsToldInTheSameWayInEachLocale() {
    assertThat(problems(NOW, NOW, partition(0, 0, 1_200, Position.NONE, Position.NONE)))
        .singleElement()
        .asString()
        .contains("topic 'in' holds at most 1,200 records in 1 partitions");
  }

  @Test
  void problemsNameTheOptionOfTheRange() {
    assertThat(problemsOfBackfill(AT_40, AT_20, TEN))
        .containsExactly(
            "--backfill: expected a time after the start 1970-01-01T00:00:00.040Z, found"
                + " 1970-01-01T00:00:00.020Z");
    assertThat(problemsOfBackfill(offsets(0, 5), offsets(0, 4), TEN))
        .containsExactly(
            "--backfill: expected an offset from 5 on, where the range starts in partition 0, found"
                + " 4");
    assertThat(problemsOfBackfill(offsets(0, 11), offsets(1, 4), TEN))
        .containsExactly(
            "--backfill: expected an offset for each of the partitions [0] of topic 'in', found"
                + " [1]");
    assertThat(problemsOfBackfill(offsets(0, 11), NOW, TEN))
        .containsExactly(
            "--backfill: expected an offset from 0 to 10 in partition 0, as topic 'in' holds, found"
                + " 11");
    assertThat(problemsOfBackfill(NOW, NOW, TEN))
        .singleElement()
        .asString()
        .startsWith("--backfill: expected a range with records, found none; topic 'in' holds ");
  }

  @Test
  void aStartThatRetentionMayHaveTakenIsAWarning() {
    PartitionFacts before = partition(1, 100, 120, new Position(100, 10), Position.NONE);

    assertThat(RangeResolver.warnings(topic(false, TEN, before), AT_20))
        .singleElement()
        .asString()
        .contains("partitions [1]", "retention may have taken");
    assertThat(RangeResolver.warnings(topic(false, TEN, before), EARLIEST)).isEmpty();
    assertThat(RangeResolver.warnings(topic(false, TEN, EMPTY), AT_20)).isEmpty();
  }

  @Test
  void aCompactedTopicIsAWarning() {
    assertThat(RangeResolver.warnings(topic(true, TEN), EARLIEST))
        .singleElement()
        .asString()
        .contains("'in' is compacted");
  }

  private static PartitionFacts partition(
      int partition, long earliest, long end, Position from, Position to) {
    Position first = earliest < end ? new Position(earliest, 10) : Position.NONE;
    Position newest = earliest < end ? new Position(end - 1, 50) : Position.NONE;
    return new PartitionFacts(partition, earliest, end, first, newest, from, to);
  }

  private static Bound offsets(int... partitionsAndOffsets) {
    Map<Integer, Long> offsets = new TreeMap<>();
    for (int i = 0; i < partitionsAndOffsets.length; i += 2) {
      offsets.put(partitionsAndOffsets[i], (long) partitionsAndOffsets[i + 1]);
    }
    return new Bound.Offsets(offsets);
  }

  private static TopicFacts topic(boolean compacted, PartitionFacts... partitions) {
    return new TopicFacts("in", List.of(partitions), compacted);
  }

  private static ReplayRange resolve(Bound from, Bound to, PartitionFacts... partitions)
      throws ConfigurationException {
    return RangeResolver.resolve(topic(false, partitions), new Bounds(from, to));
  }

  private static List<String> problems(Bound from, Bound to, PartitionFacts... partitions) {
    return problems(() -> resolve(from, to, partitions));
  }

  private static List<String> problemsOfBackfill(
      Bound from, Bound to, PartitionFacts... partitions) {
    Bounds bounds = new Bounds(from, to, "--backfill", "--backfill");
    return problems(() -> RangeResolver.resolve(topic(false, partitions), bounds));
  }

  private static List<String> problems(ThrowingCallable resolving) {
    return assertThatExceptionOfType(ConfigurationException.class)
        .isThrownBy(resolving)
        .actual()
        .problems();
  }
}
