package io.winnow.operators.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.winnow.operators.model.TinyGraph.Message;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProtobufReaderTest {

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 127, 128, 300, Integer.MAX_VALUE, Long.MAX_VALUE, -1, Long.MIN_VALUE})
  void numberIsRead(long number) throws Exception {
    ProtobufReader reader = of(new Message().number(3, number).bytes());

    assertThat(reader.next()).isTrue();
    assertThat(reader.field()).isEqualTo(3);
    assertThat(reader.number()).isEqualTo(number);
    assertThat(reader.next()).isFalse();
  }

  @Test
  void messageWithinAMessageEndsWhereItsFieldEnds() throws Exception {
    Message inner = new Message().text(1, "žluť").text(2, "");
    ProtobufReader reader = of(new Message().message(200, inner).number(1, 7).bytes());

    assertThat(reader.next()).isTrue();
    assertThat(reader.field()).isEqualTo(200);
    ProtobufReader nested = reader.message();
    assertThat(nested.next()).isTrue();
    assertThat(nested.string()).isEqualTo("žluť");
    assertThat(nested.next()).isTrue();
    assertThat(nested.string()).isEmpty();
    assertThat(nested.next()).isFalse();
    assertThat(reader.next()).isTrue();
    assertThat(reader.number()).isEqualTo(7);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "number, 08 ac 02",
    "eight bytes, 09 01 02 03 04 05 06 07 08",
    "bytes, 0a 02 01 02",
    "four bytes, 0d 01 02 03 04",
  })
  void fieldThatNobodyReadsIsSkipped(String kind, String field) throws Exception {
    ProtobufReader reader = of(field + " 10 05");

    assertThat(reader.next()).isTrue();
    assertThat(reader.next()).isTrue();
    assertThat(reader.field()).isEqualTo(2);
    assertThat(reader.number()).isEqualTo(5);
  }

  @Test
  void emptyMessageHasNoField() throws Exception {
    assertThat(of("").next()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "08, it ends within a number",
    "08 80, it ends within a number",
    "80, it ends within a number",
    "08 80 80 80 80 80 80 80 80 80 80 01, a number has more than 64 bits",
    "0a 05 01, 'a field needs 5 bytes, but only 1 are left'",
    "0a ff ff ff ff ff ff ff ff ff 01, 'a field needs -1 bytes, but only 0 are left'",
    "09 01 02, 'a field needs 8 bytes, but only 2 are left'",
    "0d 01, 'a field needs 4 bytes, but only 1 are left'",
    "0b, field 1 has wire type 3",
    "0f, field 1 has wire type 7",
  })
  void damagedMessageIsRefused(String bytes, String message) {
    ProtobufReader reader = of(bytes);

    assertThatExceptionOfType(IOException.class)
        .isThrownBy(
            () -> {
              while (reader.next()) {}
            })
        .withMessage(message);
  }

  @Test
  void fieldOfAnotherKindIsRefused() throws Exception {
    ProtobufReader reader = of(new Message().number(4, 1).text(5, "a").bytes());

    assertThat(reader.next()).isTrue();
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(reader::string)
        .withMessage("field 4 has wire type 0");
    assertThat(reader.next()).isTrue();
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(reader::number)
        .withMessage("field 5 has wire type 2");
  }

  private static ProtobufReader of(String hex) {
    return of(HexFormat.of().parseHex(hex.replace(" ", "")));
  }

  private static ProtobufReader of(byte[] bytes) {
    return new ProtobufReader(ByteBuffer.wrap(bytes));
  }
}
