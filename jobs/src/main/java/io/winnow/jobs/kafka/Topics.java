package io.winnow.jobs.kafka;

/**
 * What was found out about a pipeline's topics.
 *
 * @param sourcePartitions partitions of the source topic
 * @param sinkMessageBytes largest batch that the sink topic takes ({@code max.message.bytes})
 * @param deadLetterMessageBytes the same of the dead-letter topic
 */
public record Topics(int sourcePartitions, int sinkMessageBytes, int deadLetterMessageBytes) {

  int largestMessageBytes() {
    return Math.max(sinkMessageBytes, deadLetterMessageBytes);
  }
}
