package io.winnow.jobs.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.winnow.operators.text.Reason;
import io.winnow.operators.text.RejectedException;
import java.util.concurrent.TimeUnit;
import org.apache.avro.Schema;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SchemaRegistryTest {
  private static final Schema MESSAGE =
      new Schema.Parser()
          .parse(
              "{\"type\":\"record\",\"name\":\"M\",\"fields\":[{\"name\":\"id\",\"type\":\"long\"}]}");

  private LocalRegistry local;
  private SchemaRegistry registry;

  @BeforeEach
  void start() throws Exception {
    local = LocalRegistry.start();
    registry = new SchemaRegistry(new RegistryClient(local.options(), Backoff.NONE));
  }

  @AfterEach
  void stop() {
    local.close();
  }

  @Test
  void aSchemaIsAskedForOnceAndThenKnownWithoutTheRegistry() throws Exception {
    int id = local.register("in-value", MESSAGE);

    Schema schema = registry.schema(id);
    local.down();

    assertThat(schema).isEqualTo(MESSAGE);
    assertThat(registry.schema(id)).isSameAs(schema);
    assertThat(local.requests()).containsExactly("GET /schemas/ids/" + id);
  }

  @Test
  void anIdThatTheRegistryDoesNotKnowIsTheRecordsFault() {
    assertThatExceptionOfType(RejectedException.class)
        .isThrownBy(() -> registry.schema(7))
        .withMessage(
            "Expected a schema that the registry knows, but it answers 404: Schema 7 not found to"
                + " schema id 7; check that the producer uses the registry under 'schema-registry'")
        .extracting(RejectedException::reason)
        .isEqualTo(Reason.UNKNOWN_SCHEMA);
  }

  @Test
  void a404ThatIsNoRegistrysIsNobodysRecordsFault() {
    local.fail("GET /schemas/ids", 404);

    assertThatExceptionOfType(RegistryException.class).isThrownBy(() -> registry.schema(7));
  }

  @Test
  void anUnknownIdIsNotAskedForAgainAtOnceButSoon() throws Exception {
    UnusableSchemas unusable = new UnusableSchemas();
    long now = System.nanoTime();
    unusable.add(7, new RejectedException(Reason.UNKNOWN_SCHEMA, "unknown"), now);

    assertThatExceptionOfType(RejectedException.class)
        .isThrownBy(() -> unusable.throwIfKnown(7, now + TimeUnit.MILLISECONDS.toNanos(999)));
    unusable.throwIfKnown(7, now + TimeUnit.MILLISECONDS.toNanos(1_001));
    unusable.throwIfKnown(8, now);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "`{\"schema\":\"{}\",\"schemaType\":\"JSON\"}` | has type JSON",
        "`{\"schema\":\"{\\\"type\\\":\\\"wreckord\\\"}\"}` | is none: ",
        "`{\"schema\":\"\"}` | is none: ",
      })
  void whatIsNoAvroSchemaIsTheRecordsFault(String registered, String problem) throws Exception {
    int id = local.register("in-value", new ObjectMapper().readTree(registered));

    assertThatExceptionOfType(RejectedException.class)
        .isThrownBy(() -> registry.schema(id))
        .withMessageContaining("that of schema id %d %s", id, problem)
        .extracting(RejectedException::reason)
        .isEqualTo(Reason.INVALID_AVRO);
  }

  @Test
  void referencesAreResolvedThroughTheirOwn() throws Exception {
    local.register("shop/M", MESSAGE);
    register(
        "pair",
        """
        {"schema": "{\\"type\\":\\"record\\",\\"name\\":\\"Pair\\",\\"fields\\":[{\\"name\\":\\"a\\",\\"type\\":\\"M\\"}]}",
         "references": [{"name": "M", "subject": "shop/M", "version": 1}]}""");
    int id =
        register(
            "in-value",
            """
            {"schema": "{\\"type\\":\\"record\\",\\"name\\":\\"All\\",\\"fields\\":[{\\"name\\":\\"p\\",\\"type\\":\\"Pair\\"},{\\"name\\":\\"m\\",\\"type\\":\\"M\\"}]}",
             "references": [{"name": "Pair", "subject": "pair", "version": 1},
                            {"name": "M", "subject": "shop/M", "version": 1}]}""");

    Schema schema = registry.schema(id);

    assertThat(schema.getField("m").schema()).isEqualTo(MESSAGE);
    assertThat(schema.getField("p").schema().getField("a").schema()).isEqualTo(MESSAGE);
  }

  @Test
  void aReferenceThatIsGoneIsTheRecordsFault() throws Exception {
    int id =
        register(
            "in-value",
            """
            {"schema": "{}", "references": [{"name": "M", "subject": "gone", "version": 2}]}""");

    assertThatExceptionOfType(RejectedException.class)
        .isThrownBy(() -> registry.schema(id))
        .withMessageContaining("404: Version 2 not found. to /subjects/gone/versions/2");
  }

  private int register(String subject, String request) throws Exception {
    return local.register(subject, new ObjectMapper().readTree(request));
  }
}
