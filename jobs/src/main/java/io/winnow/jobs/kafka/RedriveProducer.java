package io.winnow.jobs.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.winnow.jobs.pipeline.Pipeline;
import io.winnow.jobs.redrive.Marks;
import io.winnow.jobs.redrive.RedriveRun;
import io.winnow.jobs.redrive.Redriven;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Writes what becomes of dead letters together with the marks that say so, each time in one
 * transaction.
 *
 * <p>All redrives of a dead-letter topic have the same transactional id, wherever they run. From
 * the moment that one of them is open, Kafka takes nothing more from those before it, and has ended
 * what they left open: so the marks that are read from then on are all that there will ever be, but
 * for its own.
 */
public final class RedriveProducer implements AutoCloseable {
  /** Bytes that the headers of a redrive may add to a record. */
  public static final int HEADER_BYTES = 256;

  /** Of a process that is killed, an open transaction holds up readers as long. */
  private static final Duration TRANSACTION = Duration.ofMinutes(1);

  private final Pipeline pipeline;
  private final OutputSerializer serializer;
  private final KafkaProducer<byte[], byte[]> producer;

  private RedriveProducer(
      Pipeline pipeline, OutputSerializer serializer, KafkaProducer<byte[], byte[]> producer) {
    this.pipeline = pipeline;
    this.serializer = serializer;
    this.producer = producer;
  }

  /** Opens the producer, and so ends any other redrive of the dead-letter topic. */
  public static RedriveProducer open(Pipeline pipeline, Topics topics) throws IOException {
    RedriveProducer opened =
        new RedriveProducer(
            pipeline,
            Sinks.serializer(pipeline, topics),
            new KafkaProducer<>(properties(pipeline, topics)));
    try {
      opened.producer.initTransactions();
      return opened;
    } catch (KafkaException e) {
      opened.close();
      throw opened.failure(e);
    }
  }

  private static Properties properties(Pipeline pipeline, Topics topics) {
    Properties properties = Sinks.properties(pipeline, topics);
    String bytes = ByteArraySerializer.class.getName();
    properties.setProperty(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, bytes);
    properties.setProperty(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, bytes);
    properties.setProperty(
        ProducerConfig.TRANSACTIONAL_ID_CONFIG, "winnow/redrive/" + pipeline.deadLetters().topic());
    properties.setProperty(
        ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, Long.toString(TRANSACTION.toMillis()));
    int request = Integer.parseInt(properties.getProperty(ProducerConfig.MAX_REQUEST_SIZE_CONFIG));
    properties.setProperty( // the topic's limit is kept, but this one may be a lower one
        ProducerConfig.MAX_REQUEST_SIZE_CONFIG, Integer.toString(request + HEADER_BYTES));
    return properties;
  }

  /** Writes results and marks: once this returns, they are there, and never before. */
  public void write(List<Redriven> batch) throws IOException {
    commit(
        () -> {
          for (Redriven redriven : batch) {
            send(serializer.toWrite(redriven.output()));
            send(mark(redriven.id().key().getBytes(UTF_8), Marks.value(redriven.mark())));
          }
        });
  }

  /** Keeps what is being done, for a process that goes on with it. */
  public void write(RedriveRun run) throws IOException {
    commit(() -> send(mark(Marks.runKey(pipeline.name()), Marks.value(run))));
  }

  private ProducerRecord<byte[], byte[]> mark(byte[] key, byte[] value) {
    return new ProducerRecord<>(MarksTopic.name(pipeline), key, value);
  }

  /** What fails, the commit tells. */
  private void send(ProducerRecord<byte[], byte[]> record) {
    Future<RecordMetadata> unused = producer.send(record);
  }

  private void commit(Runnable sends) throws IOException {
    try {
      producer.beginTransaction();
      sends.run();
      producer.commitTransaction();
    } catch (KafkaException e) {
      throw failure(e);
    }
  }

  private IOException failure(KafkaException e) {
    if (isFenced(e)) {
      return new IOException(
          "Another redrive of topic '%s' was started and does the rest; what this one wrote stays"
              .formatted(pipeline.secrets().hide(pipeline.deadLetters().topic())),
          e);
    }
    Throwable why = e.getCause() == null ? e : e.getCause();
    return new IOException(
        pipeline
            .secrets()
            .hide("Expected the brokers to take a transaction, but " + why.getMessage()),
        e);
  }

  private static boolean isFenced(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof ProducerFencedException
          || cause instanceof InvalidProducerEpochException) {
        return true;
      }
    }
    return false;
  }

  /** A transaction that is open is aborted by the next redrive, or by the broker. */
  @Override
  public void close() {
    producer.close(Duration.ofSeconds(5));
  }
}
