package io.winnow.jobs.format;

import io.winnow.jobs.pipeline.InputFormat;
import io.winnow.jobs.pipeline.Pipeline;
import io.winnow.jobs.pipeline.RegistryOptions;
import io.winnow.jobs.pipeline.TextPath;
import io.winnow.operators.flink.TextEvent;
import io.winnow.operators.text.Reason;
import io.winnow.operators.text.RejectedException;
import io.winnow.operators.text.TextField;
import java.io.Serializable;
import java.util.List;
import java.util.Objects;
import org.apache.avro.Schema;

/**
 * Finds the texts of a record.
 *
 * <p>Whether the texts are fit for a model is not decided here: where all paths are optional, an
 * event may have none. Implementations are immutable.
 */
public sealed interface EventDecoder extends Serializable
    permits AvroDecoder, JsonDecoder, PlainTextDecoder {
  /** Values are what the source of a pipeline holds. */
  static EventDecoder of(Pipeline pipeline) {
    InputFormat format = pipeline.source().format();
    if (format instanceof InputFormat.Avro avro) {
      return avro(avro.schema(), pipeline.text());
    }
    if (format instanceof InputFormat.AvroRegistry) {
      return avroRegistry(Objects.requireNonNull(pipeline.registry()), pipeline.text());
    }
    return format instanceof InputFormat.Text ? text() : json(pipeline.text());
  }

  /** Values are one JSON object each; texts lie at {@code paths}. */
  static EventDecoder json(List<TextPath> paths) {
    return new JsonDecoder(paths);
  }

  /** Values are the texts. */
  static EventDecoder text() {
    return new PlainTextDecoder();
  }

  /** Values are one record each in Avro's binary encoding; texts lie at {@code paths}. */
  static EventDecoder avro(Schema schema, List<TextPath> paths) {
    return new AvroDecoder(new WriterSchemas.One(schema), paths);
  }

  /** Values are one Avro record each behind a registry's header; texts lie at {@code paths}. */
  static EventDecoder avroRegistry(RegistryOptions registry, List<TextPath> paths) {
    return new AvroDecoder(new WriterSchemas.Registered(registry), paths);
  }

  default TextEvent decode(SourceRecord record) throws RejectedException {
    byte[] value = record.value();
    if (value == null) {
      throw new RejectedException(
          Reason.TOMBSTONE, "Expected a value with text, but found a tombstone (a null value)");
    }

    return new TextEvent(record.event(value), texts(value));
  }

  /** Returns the texts of a value, in the order of the paths. */
  List<TextField> texts(byte[] value) throws RejectedException;
}
