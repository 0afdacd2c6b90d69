package io.winnow.jobs.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.SchemaBuilder.FieldAssembler;
import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SinkSubjectTest {
  private static final Schema TWO = schema("id", "body");
  private static final Schema ONE = schema("id"); // reads TWO, but TWO does not read it
  private static final Schema OTHER = schema("name"); // neither reads the other

  private LocalRegistry registry;
  private SinkSubject subject;

  @BeforeEach
  void start() throws Exception {
    registry = LocalRegistry.start();
    subject =
        InstantiationUtil.clone(SinkSubject.ofTopics(registry.options(), "messages", "enriched"));
  }

  @AfterEach
  void stop() {
    registry.close();
  }

  @Test
  void subjectsAreNamedAsProducersNameThem() {
    assertThat(subject.source()).isEqualTo("messages-value");
    assertThat(subject.name()).isEqualTo("enriched-value");
  }

  @Test
  void aSchemaIsRegisteredOnceAndThenFound() {
    int id = id(ONE);

    assertThat(id(ONE)).isEqualTo(id);
    assertThat(registry.schema(id)).isEqualTo(derived(ONE));
    assertThat(registry.requests()).containsOnlyOnce("POST /subjects/enriched-value/versions");
  }

  @Test
  void anOlderSchemaThatCouldNotFollowTheNewerOneIsTakenBeforeIt() {
    registry.register("messages-value", TWO);
    registry.register("messages-value", ONE);

    id(ONE);
    id(TWO);

    assertThat(registry.schemas("enriched-value")).containsExactly(derived(TWO), derived(ONE));
  }

  @Test
  void aNewerSchemaFollowsWhenItsFirstRecordComes() {
    registry.register("messages-value", TWO);
    id(TWO);
    registry.register("messages-value", ONE);
    id(ONE);

    assertThat(registry.schemas("enriched-value")).containsExactly(derived(TWO), derived(ONE));
  }

  @Test
  void historyEndsWhereASchemaHasNothingToDoWithTheNext() {
    registry.register("messages-value", OTHER);
    registry.setCompatible(false);
    registry.register("messages-value", TWO);
    registry.setCompatible(true);
    registry.register("messages-value", ONE);

    id(ONE);

    assertThat(registry.schemas("enriched-value")).containsExactly(derived(TWO), derived(ONE));
  }

  @Test
  void anIncompatibleSchemaFailsWithTheRegistrysWordsAndWhatToDo() {
    registry.register("enriched-value", derived(OTHER));

    assertThatExceptionOfType(RegistryException.class)
        .isThrownBy(() -> id(ONE))
        .withMessageStartingWith(
            "Expected subject 'enriched-value' to take the input's schema with the enrichments, but"
                + " the schema registry refuses it: 409: Schema being registered is incompatible"
                + " with an earlier schema for subject \"enriched-value\"")
        .withMessageContaining("READER_FIELD_MISSING_DEFAULT_VALUE")
        .withMessageEndingWith(
            "; give the subject the compatibility of 'messages-value', or write to a topic whose"
                + " subject is new (sink.topic); nothing is lost, the job goes on from its last"
                + " checkpoint");
    assertThat(registry.schemas("enriched-value")).containsExactly(derived(OTHER));
  }

  private int id(Schema writer) {
    return subject.id(writer, derived(writer), earlier -> Optional.of(derived(earlier)));
  }

  private static Schema derived(Schema schema) {
    List<String> names = schema.getFields().stream().map(Schema.Field::name).toList();
    return assembler(names).optionalString("more").endRecord();
  }

  private static Schema schema(String... fields) {
    return assembler(List.of(fields)).endRecord();
  }

  private static FieldAssembler<Schema> assembler(List<String> fields) {
    FieldAssembler<Schema> assembler = SchemaBuilder.record("M").fields();
    for (String field : fields) {
      assembler = assembler.requiredString(field);
    }
    return assembler;
  }
}
