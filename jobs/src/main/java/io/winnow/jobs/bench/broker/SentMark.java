package io.winnow.jobs.bench.broker;

import java.nio.ByteBuffer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;

/**
 * What a record carries through the job in a header, which a pipeline leaves as it is.
 *
 * @param index place of the record among those that are sent, from 0
 * @param dueNanos when it was to be sent, by {@link System#nanoTime}
 */
record SentMark(int index, long dueNanos) {
  private static final String HEADER = "bench-sent";

  void writeTo(ProducerRecord<byte[], byte[]> sent) {
    ByteBuffer bytes = ByteBuffer.allocate(Integer.BYTES + Long.BYTES);
    sent.headers().add(HEADER, bytes.putInt(index).putLong(dueNanos).array());
  }

  /**
   * Reads the mark of a record.
   *
   * @throws IllegalStateException if it has none
   */
  static SentMark of(ConsumerRecord<byte[], byte[]> received) {
    Header header = received.headers().lastHeader(HEADER);
    if (header == null) {
      throw new IllegalStateException(
          "Expected the header %s in topic %s".formatted(HEADER, received.topic()));
    }
    ByteBuffer bytes = ByteBuffer.wrap(header.value());
    return new SentMark(bytes.getInt(), bytes.getLong());
  }
}
