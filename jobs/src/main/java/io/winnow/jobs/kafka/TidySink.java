package io.winnow.jobs.kafka;

import java.io.IOException;
import java.lang.reflect.Field;
import java.util.Collection;
import org.apache.flink.api.connector.sink2.Committer;
import org.apache.flink.api.connector.sink2.CommitterInitContext;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.StatefulSinkWriter;
import org.apache.flink.api.connector.sink2.SupportsCommitter;
import org.apache.flink.api.connector.sink2.SupportsWriterState;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.connector.kafka.sink.KafkaCommittable;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.flink.connector.kafka.sink.KafkaWriterState;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.streaming.api.connector.sink2.CommittableMessage;
import org.apache.flink.streaming.api.connector.sink2.SupportsPostCommitTopology;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.lineage.LineageVertex;
import org.apache.flink.streaming.api.lineage.LineageVertexProvider;
import org.apache.kafka.clients.admin.Admin;

/**
 * Kafka's sink without what its exactly-once writers leave behind.
 *
 * <p>With pooled transactional ids each writer asks for open transactions when it starts, by an
 * admin client that the connector (5.0) never closes. Its thread would outlive the job, and keep
 * all classes of the job with it: ten submissions or so fill the metaspace of a task manager. Of a
 * writer that fails to start nobody has a hold, so it is tried before whether the brokers answer.
 */
final class TidySink<T>
    implements Sink<T>,
        SupportsWriterState<T, KafkaWriterState>,
        SupportsCommitter<KafkaCommittable>,
        SupportsPostCommitTopology<KafkaCommittable>,
        LineageVertexProvider {
  private static final long serialVersionUID = 1;

  private final KafkaSink<T> sink;
  private final TransactionProbe probe;

  TidySink(KafkaSink<T> sink, TransactionProbe probe) {
    this.sink = sink;
    this.probe = probe;
  }

  @Override
  public SinkWriter<T> createWriter(WriterInitContext context) throws IOException {
    probe.ask();
    SinkWriter<T> writer = sink.createWriter(context);
    closeAdmin(writer);
    return writer;
  }

  @Override
  public StatefulSinkWriter<T, KafkaWriterState> restoreWriter(
      WriterInitContext context, Collection<KafkaWriterState> state) throws IOException {
    probe.ask();
    StatefulSinkWriter<T, KafkaWriterState> writer = sink.restoreWriter(context, state);
    closeAdmin(writer);
    return writer;
  }

  /** A writer needs it no more once it has started; it would open another one. */
  private static void closeAdmin(SinkWriter<?> writer) {
    for (Field field : writer.getClass().getDeclaredFields()) {
      if (Admin.class.isAssignableFrom(field.getType())) {
        try {
          field.setAccessible(true);
          Admin admin = (Admin) field.get(writer);
          if (admin != null) {
            field.set(writer, null);
            admin.close();
          }
        } catch (IllegalAccessException e) {
          throw new IllegalStateException(e);
        }
      }
    }
  }

  @Override
  public SimpleVersionedSerializer<KafkaWriterState> getWriterStateSerializer() {
    return sink.getWriterStateSerializer();
  }

  @Override
  public Committer<KafkaCommittable> createCommitter(CommitterInitContext context) {
    return sink.createCommitter(context);
  }

  @Override
  public SimpleVersionedSerializer<KafkaCommittable> getCommittableSerializer() {
    return sink.getCommittableSerializer();
  }

  @Override
  public void addPostCommitTopology(DataStream<CommittableMessage<KafkaCommittable>> committables) {
    sink.addPostCommitTopology(committables);
  }

  @Override
  public LineageVertex getLineageVertex() {
    return sink.getLineageVertex();
  }
}
