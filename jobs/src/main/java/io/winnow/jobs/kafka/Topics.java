package io.winnow.jobs.kafka;

/**
 * What was found out about a pipeline's topics.
 *
 * @param clusterId id of the Kafka cluster they lie in
 * @param sourcePartitions partitions of the source topic
 */
public record Topics(
    String clusterId, int sourcePartitions, OutputTopic sink, OutputTopic deadLetters) {

  /** Returns these topics as if they took so many bytes less: room for headers that come later. */
  public Topics less(int bytes) {
    return new Topics(clusterId, sourcePartitions, sink.less(bytes), deadLetters.less(bytes));
  }

  public int largestMessageBytes() {
    return Math.max(sink.limits().messageBytes(), deadLetters.limits().messageBytes());
  }
}
