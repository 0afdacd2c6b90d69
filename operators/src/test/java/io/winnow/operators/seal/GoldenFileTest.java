package io.winnow.operators.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.winnow.operators.config.ConfigurationException;
import io.winnow.operators.model.Bundles;
import io.winnow.operators.model.Head;
import io.winnow.operators.task.LabelScore;
import io.winnow.operators.task.LabelledSpan;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GoldenFileTest {
  @TempDir Path folder;

  @Test
  void everyFloatReadsBackExactly() throws Exception {
    Random random = new Random(7);
    List<LabelScore> labels = new ArrayList<>();
    for (int i = 0; i < 20_000; i++) {
      float any = Float.intBitsToFloat(random.nextInt());
      labels.add(new LabelScore("l" + i, Float.isFinite(any) ? any : random.nextFloat()));
    }
    GoldenRecord golden =
        new GoldenRecord("a", List.of(new GoldenAnswer.Labels("default", labels)));

    new GoldenFile(folder).write(List.of(golden));

    assertThat(new GoldenFile(folder).read(heads("bert-text"))).containsExactly(golden);
  }

  @Test
  void recordIsOneLineOfJson() throws Exception {
    List<Head> heads = heads("bert-token");
    List<GoldenRecord> records =
        List.of(
            new GoldenRecord(
                "Zoë 🎉\n\"Paris\"",
                List.of(
                    new GoldenAnswer.Spans(
                        "default", List.of(new LabelledSpan("LOC", 8, 13, 0.1f))))),
            new GoldenRecord("b", List.of(new GoldenAnswer.Spans("default", List.of()))));

    new GoldenFile(folder).write(records);

    assertThat(Files.readString(folder.resolve("golden.jsonl")))
        .isEqualTo(
            """
            {"text":"Zoë 🎉\\n\\"Paris\\"","answers":[{"head":"default","spans":[{"label":"LOC","start":8,"end":13,"score":0.1}]}]}
            {"text":"b","answers":[{"head":"default","spans":[]}]}
            """);
    assertThat(new GoldenFile(folder).read(heads)).isEqualTo(records);
    assertThat(new GoldenFile(folder).texts()).containsExactly("Zoë 🎉\n\"Paris\"", "b");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"text\": \"b\"}                                        | no answer of head default",
        "{\"text\": \"b\", \"answers\": [{\"head\": \"x\", \"labels\": []}]} | no answer of head"
            + " default",
        "{\"text\": \"b\", \"answers\": [{\"head\": \"default\"}]} | no answer of head default",
        "{\"txt\": \"b\"}                                         | there is no text",
        "{\"text\": \"b\"                                         | Unexpected end-of-input",
        "{\"text\": \"b\", \"answers\": [{\"head\": \"default\", \"labels\": [{\"label\": \"x\"}]}]} | no label"
            + " or no score",
        "``                                                       | there is no text",
      })
  void lineOfAnotherFormIsNamed(String line, String why) throws Exception {
    Files.writeString(
        folder.resolve("golden.jsonl"),
        "{\"text\":\"a\",\"answers\":[{\"head\":\"default\",\"labels\":[]}]}\n" + line + "\n");

    assertThatExceptionOfType(ConfigurationException.class)
        .isThrownBy(() -> new GoldenFile(folder).read(heads("bert-text")))
        .withMessageStartingWith(folder.resolve("golden.jsonl") + ":2: expected a text")
        .withMessageContaining(why)
        .withMessageEndingWith("seal the bundle anew with 'winnow seal'");
  }

  @Test
  void otherBytesThanUtf8AreRefusedAndReplaced() throws Exception {
    Files.write(folder.resolve("golden.jsonl"), new byte[] {'"', (byte) 0xff});

    assertThatExceptionOfType(ConfigurationException.class)
        .isThrownBy(() -> new GoldenFile(folder).texts())
        .withMessageContaining("golden.jsonl: expected UTF-8, found other bytes");
    new GoldenFile(folder).write(List.of());
    assertThat(new GoldenFile(folder).texts()).isEmpty();
  }

  private static List<Head> heads(String bundle) throws ConfigurationException {
    return Bundles.read(bundle).ownHeads();
  }
}
