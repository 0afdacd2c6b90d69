package io.winnow.jobs.replay;

/**
 * What a partition held at one moment.
 *
 * @param earliest first offset that is left
 * @param end offset behind the last record that is committed
 * @param first first record
 * @param newest record with the largest timestamp
 * @param from first record that is not before the start of the range, where that is a time
 * @param to first record that is not before the end of the range, where that is a time
 */
public record PartitionFacts(
    int partition,
    long earliest,
    long end,
    Position first,
    Position newest,
    Position from,
    Position to) {

  boolean isEmpty() {
    return earliest >= end;
  }
}
