package io.winnow.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.apache.avro.SchemaFormatter;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.util.RandomData;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class CompatibilityTest {
  private static final int SAMPLES = 50;
  private static final long SEED = 17;

  @ParameterizedTest
  @EnumSource
  void theNewestReleasedVersionIsTheCurrentSchema(Contract contract) {
    List<Schema> archived = contract.archived();
    int newest = archived.size();
    assertThat(archived).as("released versions at %s", contract.path(1)).isNotEmpty();

    assertThat(archived.get(newest - 1))
        .as(
            "%s says otherwise than the contract. Leave released versions as they are; write the"
                + " current schema to %s:%n%s%n",
            contract.path(newest),
            contract.path(newest + 1),
            SchemaFormatter.format("json/pretty", contract.current()))
        .isEqualTo(contract.current());
  }

  @ParameterizedTest
  @EnumSource
  void theCurrentSchemaReadsEveryReleasedVersion(Contract contract) throws IOException {
    for (Schema archived : contract.archived()) {
      assertReads(contract.current(), archived);
    }
  }

  @ParameterizedTest
  @EnumSource
  void everyReleasedVersionReadsTheCurrentSchema(Contract contract) throws IOException {
    for (Schema archived : contract.archived()) {
      assertReads(archived, contract.current());
    }
  }

  private static void assertReads(Schema reader, Schema writer) throws IOException {
    var verdict = SchemaCompatibility.checkReaderWriterCompatibility(reader, writer);
    assertThat(verdict.getType())
        .as("%s", verdict.getDescription())
        .isEqualTo(SchemaCompatibilityType.COMPATIBLE);

    for (Object datum : new RandomData(writer, SAMPLES, SEED)) {
      Object read = read(reader, writer, write(writer, datum));
      assertThat(GenericData.get().validate(reader, read)).isTrue();
      if (reader.equals(writer)) {
        assertThat(GenericData.get().compare(read, datum, writer)).isZero();
      }
    }
  }

  private static byte[] write(Schema schema, Object datum) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(out, null);
    new GenericDatumWriter<>(schema).write(datum, encoder);
    return out.toByteArray();
  }

  private static Object read(Schema reader, Schema writer, byte[] bytes) throws IOException {
    BinaryDecoder decoder = DecoderFactory.get().binaryDecoder(bytes, null);
    Object read = new GenericDatumReader<>(writer, reader).read(null, decoder);
    assertThat(decoder.isEnd()).as("all bytes are read").isTrue();
    return read;
  }
}
