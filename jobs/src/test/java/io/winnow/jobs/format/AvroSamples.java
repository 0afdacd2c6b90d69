package io.winnow.jobs.format;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;

/** Avro of a user's topic. */
final class AvroSamples {
  static final Schema EVERYTHING =
      schema(
          """
          {"type":"record","name":"Everything","namespace":"shop","fields":[
            {"name":"none","type":"null"},
            {"name":"flag","type":"boolean"},
            {"name":"count","type":"int"},
            {"name":"total","type":"long"},
            {"name":"ratio","type":"float"},
            {"name":"exact","type":"double"},
            {"name":"text","type":"string"},
            {"name":"raw","type":"bytes"},
            {"name":"digest","type":{"type":"fixed","name":"Digest","size":2}},
            {"name":"state","type":{"type":"enum","name":"State","symbols":["NEW","OLD"]}},
            {"name":"maybe","type":["null","string"]},
            {"name":"list","type":{"type":"array","items":"int"}},
            {"name":"tags","type":{"type":"map","values":"string"}},
            {"name":"day","type":{"type":"int","logicalType":"date"}},
            {"name":"price","type":{"type":"bytes","logicalType":"decimal","precision":9,"scale":2}},
            {"name":"child","type":["null","Everything"]}
          ]}""");

  static final Schema MESSAGE =
      schema(
          """
          {"type":"record","name":"Message","namespace":"shop","fields":[
            {"name":"id","type":"long"},
            {"name":"body","type":["null","string"]},
            {"name":"raw","type":"bytes"}
          ]}""");

  private AvroSamples() {}

  static Schema schema(String json) {
    return new Schema.Parser().parse(json);
  }

  static byte[] write(Schema schema, Object datum) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(out, null);
    try {
      new GenericDatumWriter<>(schema).write(datum, encoder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }

    return out.toByteArray();
  }
}
