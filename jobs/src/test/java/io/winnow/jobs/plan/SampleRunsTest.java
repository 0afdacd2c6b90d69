package io.winnow.jobs.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.winnow.jobs.replay.PartitionRange;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SampleRunsTest {

  @Test
  void aSmallTopicIsReadWhole() {
    List<PartitionRange> whole = List.of(range(0, 5, 40), range(1, 0, 60));

    assertThat(SampleRuns.of(whole, 95)).containsExactly(whole);
  }

  @Test
  void runsAreSpreadFromTheFirstRecordToTheLast() {
    List<List<PartitionRange>> runs = SampleRuns.of(List.of(range(3, 1000, 101_000)), 500);

    assertThat(runs).hasSize(10).allSatisfy(run -> assertThat(run).hasSize(1));
    assertThat(runs.get(0)).containsExactly(range(3, 1000, 1050));
    assertThat(runs.get(9)).containsExactly(range(3, 100_950, 101_000));
    assertThat(offsets(runs)).hasSize(500);
  }

  @Test
  void partitionsHaveTheirShare() {
    List<PartitionRange> whole = List.of(range(0, 0, 30_000), range(1, 0, 10_000), range(2, 7, 8));
    List<List<PartitionRange>> runs = SampleRuns.of(whole, 400);

    assertThat(count(runs, 0)).isEqualTo(300);
    assertThat(count(runs, 1)).isEqualTo(100);
    assertThat(count(runs, 2)).isEqualTo(1);
  }

  @Test
  void manyPartitionsAreLookedAtInTurns() {
    List<PartitionRange> whole = partitions(100, 1_000);

    assertThat(offsets(SampleRuns.of(whole, 300))).hasSize(300);
  }

  @Test
  void runsOfManyPartitionsReachTheirEnds() {
    List<List<PartitionRange>> few = SampleRuns.of(partitions(512, 1_000), 2_000);
    List<List<PartitionRange>> one = SampleRuns.of(partitions(1_000, 1_000), 1_000);

    assertThat(starts(few)).contains(0L, 999L).hasSize(4);
    assertThat(starts(one)).contains(0L, 998L).hasSizeGreaterThan(900);
  }

  @Test
  void noRecordIsReadTwice() {
    List<List<PartitionRange>> runs = SampleRuns.of(partitions(130, 16), 2_000);

    long read = runs.stream().flatMap(List::stream).mapToLong(PartitionRange::offsets).sum();
    assertThat(offsets(runs)).hasSize((int) read).hasSizeBetween(2_000, 2_080);
  }

  private static List<PartitionRange> partitions(int count, int records) {
    return IntStream.range(0, count).mapToObj(partition -> range(partition, 0, records)).toList();
  }

  private static Set<Long> starts(List<List<PartitionRange>> runs) {
    return runs.stream()
        .flatMap(List::stream)
        .map(PartitionRange::from)
        .collect(Collectors.toSet());
  }

  private static PartitionRange range(int partition, long from, long to) {
    return new PartitionRange(partition, from, to);
  }

  private static long count(List<List<PartitionRange>> runs, int partition) {
    return offsets(runs).stream().filter(offset -> offset.startsWith(partition + "@")).count();
  }

  /** Returns every offset once. */
  private static Set<String> offsets(List<List<PartitionRange>> runs) {
    Set<String> offsets = new HashSet<>();
    for (List<PartitionRange> run : runs) {
      for (PartitionRange range : run) {
        for (long offset = range.from(); offset < range.to(); offset++) {
          offsets.add(range.partition() + "@" + offset);
        }
      }
    }
    return offsets;
  }
}
