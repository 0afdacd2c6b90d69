package io.winnow.jobs.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.winnow.operators.text.Reason;
import io.winnow.operators.text.RejectedException;
import java.io.IOException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.util.RandomData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class AvroReaderTest {
  private static final Schema STRING = field("\"string\"");
  private static final Schema INTS = field("{\"type\":\"array\",\"items\":\"int\"}");
  private static final Schema NULLS = field("{\"type\":\"array\",\"items\":\"null\"}");
  private static final Schema LIST =
      AvroSamples.schema(
          "{\"type\":\"record\",\"name\":\"Cell\",\"fields\":[{\"name\":\"next\",\"type\":[\"null\",\"Cell\"]}]}");

  @Test
  void everyTypeBecomesItsPlainJson() throws RejectedException {
    // the fields in their order; blocks of two, then of minus one with its size
    byte[] value =
        hex(
            "01 03 ffffffffffffffffff01 0000c03f 000000000000f8ff 04c3a9 0401ff abcd 02 020278"
                + "04020400 02 026b 0276 00 0b 04 7b1c 00");

    assertThat(
            AvroReader.read(new WriterSchemas.Written(AvroSamples.EVERYTHING, 0), value).toString())
        .isEqualTo(
            """
            {"none":null,"flag":true,"count":-2,"total":-9223372036854775808,"ratio":1.5,\
            "exact":"NaN","text":"\u00e9","raw":"Af8=","digest":"q80=","state":"OLD","maybe":"x",\
            "list":[1,2],"tags":{"k":"v"},"day":-6,"price":"exw=","child":null}""");
  }

  @Test
  void blocksMayStateTheirSize() throws RejectedException {
    assertThat(
            AvroReader.read(new WriterSchemas.Written(INTS, 0), hex("03 04 02 04 02 06 00"))
                .toString())
        .isEqualTo("{\"f\":[1,2,3]}");
  }

  @Test
  void whateverAvroWritesIsRead() throws RejectedException {
    for (Object datum : new RandomData(AvroSamples.EVERYTHING, 200, 17, true)) {
      byte[] value = AvroSamples.write(AvroSamples.EVERYTHING, datum);

      assertThat(
              AvroReader.read(new WriterSchemas.Written(AvroSamples.EVERYTHING, 0), value).size())
          .isEqualTo(16);
    }
  }

  @Test
  void everyTruncationIsRejected() {
    for (Object datum : new RandomData(AvroSamples.EVERYTHING, 10, 17, true)) {
      byte[] value = AvroSamples.write(AvroSamples.EVERYTHING, datum);
      for (int length = 0; length < value.length; length++) {
        RejectedException rejection =
            rejectionOf(AvroSamples.EVERYTHING, Arrays.copyOf(value, length));

        assertThat(rejection.reason()).isEqualTo(Reason.INVALID_AVRO);
      }
    }
  }

  @Test
  void damagedBytesAreReadOrRejectedAndNothingElse() {
    Random random = new Random(17);
    for (Object datum : new RandomData(AvroSamples.EVERYTHING, 200, 17, true)) {
      byte[] value = AvroSamples.write(AvroSamples.EVERYTHING, datum);
      for (int i = 0; i < 100; i++) {
        byte[] damaged = value.clone();
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();

        assertReadLikeAvro(damaged);
      }
    }
  }

  @Test
  void noiseIsReadOrRejectedAndNothingElse() {
    Random random = new Random(17);
    for (int i = 0; i < 20_000; i++) {
      byte[] noise = new byte[random.nextInt(64)];
      random.nextBytes(noise);

      assertReadLikeAvro(noise);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''               | it ends too early at byte 0 of 0",
        "04 61            | found a length of 2 bytes at byte 1 of 2",
        "02 61 62         | found 1 bytes behind it at byte 2 of 3",
        "01               | found a length of -1 bytes at byte 1 of 1",
        "feffffff0f 61    | found a length of 2147483647 bytes at byte 5 of 6",
        "feffffffffffffffff01 | found a length of 9223372036854775807 bytes at byte 10 of 10",
      })
  void lengthsThatLieAreRejectedWithTheirPlace(String hex, String problem) {
    RejectedException rejection = rejectionOf(STRING, hex(hex));

    assertThat(rejection.reason()).isEqualTo(Reason.INVALID_AVRO);
    assertThat(rejection)
        .hasMessage(
            "Expected one record of schema 'R', but %s; check that it was written with this schema, as the source's format says",
            problem);
  }

  @Test
  void countsThatLieAreRejected() {
    assertThat(rejectionOf(INTS, hex("80897a 00")))
        .hasMessageContaining("found a count of 1000000 items at byte 3 of 4");
    assertThat(rejectionOf(NULLS, hex("80897a 00")))
        .hasMessageContaining("found a count of 1000000 items at byte 3 of 4");
    assertThat(rejectionOf(INTS, hex("ffffffffffffffffff01 00 00")).reason())
        .isEqualTo(Reason.INVALID_AVRO);
  }

  @Test
  void choicesThatDoNotExistAreRejected() {
    assertThat(rejectionOf(LIST, hex("04")))
        .hasMessageContaining("found choice 2 of 2 at byte 1 of 1");
    assertThat(rejectionOf(LIST, hex("01")))
        .hasMessageContaining("found choice -1 of 2 at byte 1 of 1");
  }

  @Test
  void depthThatWouldOverflowTheStackIsRejected() {
    byte[] chain = new byte[1 << 20];
    Arrays.fill(chain, (byte) 2);

    assertThat(rejectionOf(LIST, chain)).hasMessageContaining("found more than 500 levels");
  }

  @Test
  void stringsThatAreNoUtf8AreRejectedWithTheirPlaceInTheValue() {
    RejectedException rejection = rejectionOf(STRING, hex("06 61 c3 28"));

    assertThat(rejection.reason()).isEqualTo(Reason.INVALID_UTF8);
    assertThat(rejection).hasMessageContaining("found the byte 0xC3 at position 2");
  }

  /** What this reader takes, Avro's takes too. */
  private static void assertReadLikeAvro(byte[] value) {
    try {
      AvroReader.read(new WriterSchemas.Written(AvroSamples.EVERYTHING, 0), value);
    } catch (RejectedException e) {
      assertThat(e.reason()).isIn(Reason.INVALID_AVRO, Reason.INVALID_UTF8);
      return;
    }

    try {
      new GenericDatumReader<>(AvroSamples.EVERYTHING)
          .read(null, DecoderFactory.get().binaryDecoder(value, null));
    } catch (IOException e) {
      throw new AssertionError("Avro refuses " + HexFormat.of().formatHex(value), e);
    }
  }

  private static RejectedException rejectionOf(Schema schema, byte[] value) {
    return catchThrowableOfType(
        RejectedException.class,
        () -> AvroReader.read(new WriterSchemas.Written(schema, 0), value));
  }

  private static Schema field(String type) {
    return AvroSamples.schema(
        "{\"type\":\"record\",\"name\":\"R\",\"fields\":[{\"name\":\"f\",\"type\":%s}]}"
            .formatted(type));
  }

  private static byte[] hex(String digits) {
    return HexFormat.of().parseHex(digits.replace(" ", ""));
  }
}
