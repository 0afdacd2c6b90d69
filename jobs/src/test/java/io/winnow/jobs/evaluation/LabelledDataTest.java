package io.winnow.jobs.evaluation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.winnow.operators.config.ConfigurationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LabelledDataTest {
  private static final Target INTENT =
      new Target("intent", AnswerKind.LABEL, List.of("lost_card", "refund"));
  private static final Target TOPIC =
      new Target("topic", AnswerKind.LABEL, List.of("refund", "sport"));
  private static final Target EMOTION =
      new Target("emotion", AnswerKind.LABELS, List.of("joy", "anger"));
  private static final Target ENTITIES =
      new Target("entities", AnswerKind.SPANS, List.of("PER", "LOC"));
  private static final Targets ALL = new Targets(List.of(INTENT, EMOTION, ENTITIES), List.of());

  @TempDir Path folder;

  @Test
  void eachLineIsAboutTheOnlyHeadWithSuchAnswers() throws Exception {
    LabelledData data =
        load(
            ALL,
            "{\"text\": \"My card is gone\", \"label\": \"lost_card\", \"id\": 7}",
            "",
            "{\"text\": \"Great!\", \"labels\": [\"joy\", \"joy\"]}",
            "{\"text\": \"Ok\", \"labels\": []}",
            "{\"text\": \"In Leeds\", \"spans\": [{\"label\": \"LOC\", \"start\": 3, \"end\": 8}]}");

    assertThat(data.name()).isEqualTo("data.jsonl");
    assertThat(data.size()).isEqualTo(4);
    assertThat(data.skipped()).isZero();
    assertThat(data.heads())
        .extracting(HeadExamples::target)
        .containsExactly(INTENT, EMOTION, ENTITIES);
    assertThat(data.heads().get(0).examples())
        .containsExactly(
            example(1, "My card is gone", AnswerKind.LABEL, Finding.ofText("lost_card")));
    assertThat(data.heads().get(1).examples())
        .containsExactly(
            example(3, "Great!", AnswerKind.LABELS, Finding.ofText("joy")),
            example(4, "Ok", AnswerKind.LABELS));
    assertThat(data.heads().get(2).examples())
        .containsExactly(example(5, "In Leeds", AnswerKind.SPANS, new Finding("LOC", 3, 8)));
  }

  @Test
  void offsetsCountUtf16CodeUnits() throws Exception {
    LabelledData data =
        load(
            ALL,
            "{\"text\": \"😀 Zoë\", \"spans\": [{\"label\": \"PER\", \"text\": \"Zoë\", \"start\": 3, \"end\": 6}]}");

    assertThat(data.heads().get(0).examples())
        .containsExactly(example(1, "😀 Zoë", AnswerKind.SPANS, new Finding("PER", 3, 6)));
  }

  @Test
  void aLineMayNameItsHead() throws Exception {
    LabelledData data =
        load(
            new Targets(List.of(INTENT, TOPIC), List.of()),
            "{\"text\": \"a\", \"label\": \"refund\", \"head\": \"topic\"}",
            "{\"text\": \"b\", \"label\": \"refund\", \"head\": \"intent\"}");

    assertThat(data.heads()).extracting(HeadExamples::target).containsExactly(INTENT, TOPIC);
  }

  @Test
  void theLabelsTellTheHeadWhereSeveralGiveSuchAnswers() throws Exception {
    LabelledData data =
        load(
            new Targets(List.of(INTENT, TOPIC), List.of()),
            "{\"text\": \"a\", \"label\": \"refund\"}",
            "{\"text\": \"b\", \"label\": \"sport\"}");

    assertThat(data.heads()).extracting(HeadExamples::target).containsExactly(TOPIC);
    assertThat(data.heads().get(0).examples()).hasSize(2);
  }

  @Test
  void whereTheLabelsFitSeveralHeadsTheUserMustChoose() {
    assertProblems(
        new Targets(List.of(INTENT, TOPIC), List.of()),
        List.of("{\"text\": \"a\", \"label\": \"refund\"}"),
        ": the lines with label fit the heads intent and topic alike; choose one with --head, or name it in each line as \"head\"");
  }

  @Test
  void whereTheLabelsFitNoneOfSeveralHeadsEachSaysWhatItLacks() {
    assertProblems(
        new Targets(List.of(INTENT, TOPIC), List.of()),
        List.of(
            "{\"text\": \"a\", \"label\": \"lost_card\"}",
            "{\"text\": \"a\", \"label\": \"sport\"}"),
        ": the lines with label fit none of the heads intent and topic: intent lacks 'sport', topic lacks 'lost_card'; choose one with --head to see all that it lacks");
  }

  @Test
  void linesOfHeadsThatWereNotAskedForAreSkipped() throws Exception {
    LabelledData data =
        load(
            new Targets(List.of(INTENT), List.of(TOPIC)),
            "{\"text\": \"a\", \"label\": \"sport\", \"head\": \"topic\"}",
            "{\"text\": \"b\", \"label\": \"refund\"}");

    assertThat(data.skipped()).isEqualTo(1);
    assertThat(data.size()).isEqualTo(1);
  }

  @Test
  void linesThatNameNoHeadAreSkippedWhereOnlyAnotherHeadGivesSuchAnswers() throws Exception {
    LabelledData data =
        load(
            new Targets(List.of(INTENT), List.of(TOPIC, ENTITIES)),
            "{\"text\": \"a\", \"spans\": []}",
            "{\"text\": \"b\", \"label\": \"refund\"}",
            "{\"text\": \"c\", \"spans\": []}");

    assertThat(data.skipped()).isEqualTo(2);
    assertThat(data.heads())
        .containsExactly(
            new HeadExamples(
                INTENT, List.of(example(2, "b", AnswerKind.LABEL, Finding.ofText("refund")))));
  }

  @Test
  void nothingButSkippedLinesIsAProblem() {
    assertProblems(
        new Targets(List.of(INTENT), List.of(TOPIC)),
        List.of("{\"text\": \"a\", \"label\": \"sport\", \"head\": \"topic\"}"),
        ": expected lines about a head of [intent], found lines about others only");
  }

  @Test
  void unlabelledLinesAreAboutEveryHeadWhereTheyAreAllowed() throws Exception {
    write("{\"text\": \"a\"}", "{\"text\": \"b\", \"label\": \"refund\"}");

    LabelledData data = LabelledData.load(file(), Unlabelled.ALLOWED, ALL);

    assertThat(data.size()).isEqualTo(2);
    assertThat(data.heads()).extracting(head -> head.examples().size()).containsExactly(2, 1, 1);
  }

  @Test
  void everyProblemIsToldWithItsLine() {
    assertProblems(
        ALL,
        List.of(
            "{\"text\": \"a\", \"label\": \"lost_crad\"}",
            "{\"text\": \"a\", \"label\": \"sport\"}",
            "{\"text\": \"a\"",
            "{\"text\": \"a\", \"lable\": \"refund\"}",
            "{\"label\": \"refund\"}",
            "{\"text\": 7, \"label\": \"refund\"}",
            "{\"text\": \"a\", \"label\": [\"refund\"]}",
            "{\"text\": \"a\", \"labels\": \"joy\"}",
            "{\"text\": \"a\", \"labels\": [\"joy\", null]}",
            "{\"text\": \"a\", \"label\": \"refund\", \"spans\": []}",
            "{\"text\": \"a\", \"label\": \"refund\", \"head\": \"intents\"}",
            "{\"text\": \"a\", \"label\": \"refund\", \"head\": \"entities\"}",
            "[]"),
        ":1: the head intent has no label 'lost_crad'; did you mean 'lost_card'?",
        ":2: the head intent has no label 'sport'; it has lost_card, refund",
        ":3: Expected one JSON object, but it ends too early at column 13",
        ":4: expected label, labels or spans, found none of them; did you mean 'label'?",
        ":5: expected a string at text, found nothing",
        ":6: expected a string at text, found a number",
        ":7: expected a string at label, found a list",
        ":8: expected a list at labels, found a string",
        ":9: expected a string at labels[1], found null",
        ":10: expected one of label, labels and spans, found label, spans; write a line for each, with its head",
        ":11: expected a head of [intent, emotion, entities], found 'intents'; did you mean 'intent'?",
        ":12: expected spans for the head entities, found label",
        ":13: Expected one JSON object, but found an array at column 1");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"start\": 0, \"end\": 9 | spans[0] ends at 9, but the text has 8 characters; offsets count",
        "\"start\": 2, \"end\": 2 | spans[0]: expected an end behind the start, found 2 to 2",
        "\"start\": -1, \"end\": 2 | expected a whole number from 0 at spans[0].start, found -1",
        "\"start\": 0.5, \"end\": 2 | expected a whole number from 0 at spans[0].start, found 0.5",
        "\"start\": 0 | expected a whole number from 0 at spans[0].end, found nothing",
        "\"start\": 1, \"end\": 4 | spans[0] from 1 to 4 cuts a character in two; offsets count",
        "\"start\": 2, \"end\": 5, \"text\": \"Zoë\" | spans[0] is ' Zo' by its offsets, but 'Zoë' by its text"
      })
  void aSpanMustLieInItsText(String place, String problem) throws Exception {
    write("{\"text\": \"😀 Zoë12\", \"spans\": [{\"label\": \"PER\", %s}]}".formatted(place));

    assertThatExceptionOfType(ConfigurationException.class)
        .isThrownBy(() -> LabelledData.load(file(), Unlabelled.REFUSED, ALL))
        .satisfies(e -> assertThat(e.problems()).hasSize(1))
        .withMessageStartingWith(file() + ":1: " + problem);
  }

  @Test
  void whatNoHeadCanAnswerIsToldOnce() {
    assertProblems(
        new Targets(List.of(INTENT), List.of(EMOTION)),
        List.of("{\"text\": \"a\", \"spans\": []}", "{\"text\": \"b\", \"spans\": []}"),
        ":1: found spans, but no head has such answers: intent gives label, emotion gives labels (and 1 more line)");
  }

  @Test
  void manyProblemsAreCounted() throws Exception {
    String[] lines = new String[1_000];
    for (int i = 0; i < lines.length; i++) {
      lines[i] = "{\"text\": \"a\", \"label\": \"label %d\"}".formatted(i / 2);
    }
    write(lines);

    assertThatExceptionOfType(ConfigurationException.class)
        .isThrownBy(() -> LabelledData.load(file(), Unlabelled.REFUSED, ALL))
        .satisfies(
            e ->
                assertThat(e.problems())
                    .hasSize(21)
                    .contains(
                        file()
                            + ":3: the head intent has no label 'label 1'; it has lost_card, refund (and 1 more line)")
                    .endsWith(file() + ": 480 more problems"));
  }

  @Test
  void bytesThatAreNotUtf8AreToldWithTheirLine() throws Exception {
    byte[] good = "{\"text\": \"Zoë\", \"label\": \"refund\"}\n".getBytes(UTF_8);
    byte[] bad = "{\"text\": \"Zo#\", \"label\": \"refund\"}".getBytes(UTF_8);
    bad[12] = (byte) 0xEB;
    byte[] both = new byte[good.length + bad.length];
    System.arraycopy(good, 0, both, 0, good.length);
    System.arraycopy(bad, 0, both, good.length, bad.length);
    Files.write(file(), both);

    assertThatExceptionOfType(ConfigurationException.class)
        .isThrownBy(() -> LabelledData.load(file(), Unlabelled.REFUSED, ALL))
        .withMessageStartingWith(file() + ":2: Expected UTF-8, but found the byte 0xEB");
  }

  @Test
  void aByteOrderMarkAndWindowsLineEndsAreNoProblem() throws Exception {
    Files.writeString(file(), "\ufeff{\"text\": \"a\", \"label\": \"refund\"}\r\n\r\n");

    assertThat(LabelledData.load(file(), Unlabelled.REFUSED, ALL).size()).isEqualTo(1);
  }

  @Test
  void anEmptyFileIsAProblem() {
    assertProblems(
        ALL,
        List.of(""),
        ": expected JSON lines such as {\"text\": ..., \"label\": ...}, found an empty file");
  }

  @Test
  void aFileThatIsNotThereIsNamed() {
    assertThatExceptionOfType(ConfigurationException.class)
        .isThrownBy(() -> LabelledData.load(file(), Unlabelled.REFUSED, ALL))
        .withMessage(file() + ": expected a data set of JSON lines, found nothing");
  }

  private void assertProblems(Targets targets, List<String> lines, String... problems) {
    assertThatExceptionOfType(ConfigurationException.class)
        .isThrownBy(() -> load(targets, lines.toArray(String[]::new)))
        .satisfies(
            e ->
                assertThat(e.problems())
                    .containsExactly(
                        List.of(problems).stream().map(p -> file() + p).toArray(String[]::new)));
  }

  private LabelledData load(Targets targets, String... lines)
      throws IOException, ConfigurationException {
    write(lines);
    return LabelledData.load(file(), Unlabelled.REFUSED, targets);
  }

  private void write(String... lines) throws IOException {
    Files.write(file(), List.of(lines));
  }

  private Path file() {
    return folder.resolve("data.jsonl");
  }

  private static Example example(int line, String text, AnswerKind kind, Finding... findings) {
    return new Example(
        line, text, Optional.empty(), Optional.of(new Expected(kind, Set.of(findings))));
  }
}
