package io.winnow.jobs;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Records that nobody means to write: random bytes, mutated JSON and Avro, hostile Unicode, of 0 to
 * 1,000,000 bytes. The same seed gives the same records.
 */
final class FuzzRecords {
  private static final int MAX_BYTES = 1_000_000;

  /** What tokenizers, offsets, terminals and templates have stumbled over. */
  private static final List<String> PIECES =
      List.of(
          "Anna met Tim in Paris. ",
          "word ",
          "a",
          " ",
          "\t",
          "\r\n",
          "\u0000",
          "\u0007",
          "\u001b[2J",
          "\u007f",
          "\u0085",
          "\u00a0",
          "\u00ad",
          "e\u0301",
          "Z\u0351\u036b\u0343\u036a\u0302\u036b\u033d",
          "\u0301",
          "\u0130i\u0307I\u0131",
          "\u1e9e\u00df\u017f\u212a",
          "\u200b",
          "\u200d",
          "\u200e\u200f",
          "\u202e",
          "\u2028\u2029",
          "\u2066\u2069",
          "\u2581",
          "\u3000",
          "\ufdfa",
          "\ufeff",
          "\ufffd",
          "\ufffe",
          "\uffff",
          "\ud83d",
          "\udc00",
          "\ud83d\ud83d",
          "\ud83d\udc68\u200d\ud83d\udc69\u200d\ud83d\udc67\u200d\ud83d\udc66",
          "\ud83c\uddeb\ud83c\uddf7",
          "\ud83d\udc4d\ud83c\udffd",
          "\udb40\udc41",
          "\udbff\udfff",
          "\u0e01\u0e33\u0e49",
          "\u1100\u1161\u11a8",
          "\u6771\u4eac\u306b",
          "\u0627\u0644\u0639\u0631\u0628\u064a\u0629",
          "\u0939\u093f\u0928\u094d\u0926\u0940",
          "[CLS][SEP][UNK][PAD]",
          "<s></s><unk><mask>",
          "<script>alert(1)</script>",
          "${env:HOME}${jndi:ldap://localhost/a}",
          "%s%n%d{}",
          "'; DROP TABLE events; --",
          "../../etc/passwd",
          "\"",
          "\\");

  private static final List<String> SHAPES =
      List.of(
          "null",
          "true",
          "[]",
          "{}",
          "-0",
          "1e999999999",
          "\"text\"",
          "{\"text\":null}",
          "{\"text\":7}",
          "{\"text\":[\"a\"]}",
          "{\"text\":{\"text\":\"a\"}}",
          "{\"text\":\"a\",\"text\":\"b\"}",
          "{\"text\":\"a\",\"enrichments\":null}",
          "{\"text\":\"a\",\"enrichments\":[1]}",
          "{\"text\":\"a\",\"enrichments\":[{\"name\":\"first\"}]}",
          "{\"text\":\"a\",\"enrichments\":[],\"enrichments\":{}}",
          "{\"text\":\"a\",\"enrichments\":{\"name\":1}}",
          "{\"\":\"\",\"text\":\"a\"}",
          "{\"text\":\"a\"}{\"text\":\"b\"}",
          "{\"text\":\"a\",}",
          "{'text':'a'}",
          "{\"text\":\"\\ud83d\"}",
          "{\"text\":\"\\u0000\"}",
          "{\"text\":\"a\",\"n\":NaN}",
          "\ufeff{\"text\":\"a\"}",
          "{\"text\":\"a\"} // comment");

  private final Random random;
  private final Schema schema;

  /**
   * Starts a sequence.
   *
   * @param schema has a long 'id', a nullable string 'body' and bytes 'raw'
   */
  FuzzRecords(long seed, Schema schema) {
    this.random = new Random(seed);
    this.schema = schema;
  }

  /** Returns a record for a topic of a format: json, text or avro. */
  ProducerRecord<byte[], byte[]> next(String topic, String format) {
    byte[] value =
        switch (format) {
          case "json" -> anyOf(this::bytes, this::json, this::mutatedJson, this::shape);
          case "avro" -> anyOf(this::bytes, this::avro, this::mutatedAvro);
          default -> anyOf(this::bytes, this::text, this::otherEncoding);
        };
    boolean tombstone = random.nextInt(100) == 0;
    var record = new ProducerRecord<byte[], byte[]>(topic, null, key(), tombstone ? null : value);
    for (int i = random.nextInt(8); i > 5; i--) {
      record.headers().add(headerName(), random.nextBoolean() ? key() : bytes());
    }
    return record;
  }

  @SafeVarargs
  private byte[] anyOf(Supplier<byte[]>... kinds) {
    return kinds[random.nextInt(kinds.length)].get();
  }

  private byte @Nullable [] key() {
    return switch (random.nextInt(5)) {
      case 0 -> null;
      case 1 -> new byte[0];
      case 2 -> random(random.nextInt(20));
      default -> ("key-" + random.nextInt(50)).getBytes(UTF_8);
    };
  }

  private String headerName() {
    return List.of("trace", "", "winnow-source-offset", "winnow-reason", "žluť\u0000")
        .get(random.nextInt(5));
  }

  /** Most are short, some are long, and one in a hundred may have any length. */
  private int size() {
    int most = random.nextInt(100) == 0 ? MAX_BYTES : random.nextInt(10) == 0 ? 65_536 : 4_096;
    return (int) Math.exp(random.nextDouble() * Math.log(most + 1.0)) - 1;
  }

  private byte[] bytes() {
    return random(size());
  }

  private byte[] random(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  /** Returns the pieces of a text, or one piece again and again. */
  private String string() {
    int size = size();
    StringBuilder text = new StringBuilder();
    boolean same = random.nextInt(4) == 0;
    boolean kind = random.nextBoolean(); // hostile pieces are rare in half of the texts
    String piece = PIECES.get(random.nextInt(PIECES.size()));
    while (text.length() < size) {
      text.append(piece);
      if (!same) {
        piece = PIECES.get(kind && random.nextInt(20) > 0 ? 0 : random.nextInt(PIECES.size()));
      }
    }
    return text.toString();
  }

  /** A lone surrogate becomes a question mark. */
  private byte[] text() {
    return string().getBytes(UTF_8);
  }

  private byte[] otherEncoding() {
    return string().getBytes(random.nextBoolean() ? UTF_16 : ISO_8859_1);
  }

  private byte[] json() {
    String escaped = escaped(string());
    return "{\"id\": %d, \"text\": \"%s\", \"more\": [1.50, {\"a\": null}]}"
        .formatted(random.nextLong(), escaped)
        .getBytes(UTF_8);
  }

  private String escaped(String text) {
    StringBuilder json = new StringBuilder();
    boolean ascii = random.nextBoolean();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        json.append('\\').append(c);
      } else if (c < ' ' || Character.isSurrogate(c) || (ascii && c > '~')) {
        json.append("\\u%04x".formatted((int) c));
      } else {
        json.append(c);
      }
    }
    return json.toString();
  }

  private byte[] mutatedJson() {
    return mutated(json());
  }

  private byte[] shape() {
    int size = size();
    return switch (random.nextInt(8)) {
      case 0 -> "{\"text\":".concat("[".repeat(size)).getBytes(UTF_8);
      case 1 -> "{\"text\":".repeat(size / 8).getBytes(UTF_8);
      case 2 -> "{\"text\":%s}".formatted("9".repeat(size)).getBytes(UTF_8);
      case 3 -> "{\"%s\":1,\"text\":\"a\"}".formatted("k".repeat(size)).getBytes(UTF_8);
      case 4 -> "{%s\"text\":\"a\"}".formatted("\"k\":0,".repeat(size / 6)).getBytes(UTF_8);
      default -> SHAPES.get(random.nextInt(SHAPES.size())).getBytes(UTF_8);
    };
  }

  private byte[] avro() {
    GenericData.Record message = new GenericData.Record(schema);
    message.put("id", random.nextLong());
    message.put("body", random.nextInt(10) == 0 ? null : string());
    message.put("raw", ByteBuffer.wrap(random(random.nextInt(20))));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(out, null);
    try {
      new GenericDatumWriter<GenericData.Record>(schema).write(message, encoder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  private byte[] mutatedAvro() {
    return mutated(avro());
  }

  private byte[] mutated(byte[] bytes) {
    byte[] mutated = bytes;
    for (int i = random.nextInt(6); i >= 0 && mutated.length > 0; i--) {
      mutated = mutatedOnce(mutated);
    }
    return mutated;
  }

  private byte[] mutatedOnce(byte[] bytes) {
    int at = random.nextInt(bytes.length);
    int to = Math.min(bytes.length, at + 1 + random.nextInt(64));
    return switch (random.nextInt(6)) {
      case 0 -> with(bytes, at, (byte) (bytes[at] ^ (1 << random.nextInt(8))));
      case 1 -> with(bytes, at, (byte) random.nextInt());
      case 2 -> Arrays.copyOf(bytes, at);
      case 3 -> spliced(bytes, at, new byte[0], to); // a piece is gone
      case 4 -> spliced(bytes, at, random(random.nextInt(16)), at); // something came in
      default -> spliced(bytes, to, Arrays.copyOfRange(bytes, at, to), to); // a piece twice
    };
  }

  private static byte[] with(byte[] bytes, int at, byte value) {
    byte[] changed = bytes.clone();
    changed[at] = value;
    return changed;
  }

  private static byte[] spliced(byte[] bytes, int end, byte[] middle, int start) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(bytes, 0, end);
    out.writeBytes(middle);
    out.write(bytes, start, bytes.length - start);
    return out.toByteArray();
  }
}
