package io.winnow.jobs.format;

import io.winnow.jobs.pipeline.RegistryOptions;
import io.winnow.jobs.registry.SchemaRegistry;
import io.winnow.operators.text.Reason;
import io.winnow.operators.text.RejectedException;
import java.io.Serializable;
import org.apache.avro.Schema;

/** Tells what schema each value of a topic was written with, and where its record begins. */
sealed interface WriterSchemas extends Serializable {
  Written of(byte[] value) throws RejectedException;

  /**
   * How a value was written.
   *
   * @param schema of a record
   * @param start position of the record's first byte in the value
   */
  record Written(Schema schema, int start) {}

  /** One schema for all, and values without a header. */
  record One(Schema schema) implements WriterSchemas {
    public One {
      if (schema.getType() != Schema.Type.RECORD) {
        throw new IllegalArgumentException(
            "Expected the schema of a record, but found that of type '%s'; name the schema of the topic's values"
                .formatted(schema.getType().getName()));
      }
    }

    @Override
    public Written of(byte[] value) {
      return new Written(schema, 0);
    }
  }

  /** Schemas of a registry, whose ids stand in the values' headers. */
  record Registered(RegistryOptions options) implements WriterSchemas {
    @Override
    public Written of(byte[] value) throws RejectedException {
      int id = RegistryHeader.id(value);
      Schema schema = SchemaRegistry.of(options).schema(id);
      if (schema.getType() != Schema.Type.RECORD) {
        throw new RejectedException(
            Reason.INVALID_AVRO,
            "Expected the schema of a record, but schema id %d is of type '%s'; check the producer"
                .formatted(id, schema.getType().getName()));
      }

      return new Written(schema, RegistryHeader.BYTES);
    }
  }
}
