package io.winnow.jobs.format;

import io.winnow.jobs.pipeline.InputFormat;
import io.winnow.jobs.pipeline.Pipeline;
import io.winnow.jobs.pipeline.RegistryOptions;
import java.io.IOException;
import java.io.Serializable;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Finds in enriched events the records that they were before.
 *
 * @param source what the values of those records are
 */
public record OriginalReader(Format source, @Nullable RegistryOptions registry)
    implements Serializable {
  private static final String NO_ORIGINAL = "no-original";

  /** Formats of values that enrichments are put into, and all others. */
  enum Format {
    JSON,
    AVRO_REGISTRY,
    OTHER
  }

  /** Creates a reader of what a pipeline writes. */
  public static OriginalReader of(Pipeline pipeline) {
    InputFormat format = pipeline.source().format();
    Format source =
        format instanceof InputFormat.AvroRegistry
            ? Format.AVRO_REGISTRY
            : format instanceof InputFormat.Json ? Format.JSON : Format.OTHER;
    return new OriginalReader(source, pipeline.registry());
  }

  /**
   * Returns the record that an enriched event was. Where enrichments were put into its value, that
   * is the value with them: those that come anew replace them.
   *
   * @throws UnreadableException if the event does not hold it
   */
  public SourceRecord read(SourceRecord record) throws UnreadableException {
    return read(EnrichedValue.of(record, registry));
  }

  /** Returns the same of an event that is parsed already. */
  public SourceRecord read(EnrichedValue value) throws UnreadableException {
    try {
      return new SourceRecord(
          value.source().topic(),
          value.source().partition(),
          value.source().offset(),
          value.timestamp(),
          value.record().key(),
          value.headers(),
          value.isEnvelope() ? value.payload() : changed(value));
    } catch (IOException e) {
      throw new UnreadableException(
          NO_ORIGINAL, "Expected bytes in base64 in an envelope, but " + e.getMessage());
    }
  }

  private byte[] changed(EnrichedValue value) throws UnreadableException {
    byte[] bytes = Objects.requireNonNull(value.record().value());
    if (holdsFields(bytes)) {
      return bytes;
    }
    throw new UnreadableException(
        NO_ORIGINAL,
        "Expected the record that was enriched, found only what became of it; replay it from its own topic");
  }

  private boolean holdsFields(byte[] value) {
    return switch (source) {
      case JSON -> EnrichedValue.isJson(value);
      case AVRO_REGISTRY -> EnrichedValue.hasRegistryHeader(value);
      case OTHER -> false;
    };
  }
}
