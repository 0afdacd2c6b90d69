package io.winnow.deploy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The shipped model on texts of many scripts, one a line on standard input. */
class TryITCase {
  private static final List<String> TEXTS =
      List.of(
          "My card was stolen in Berlin 😱 and Anna Schmidt saw it",
          "👩‍👩‍👧‍👦🇩🇪 Tim Cook of Apple is in 👍🏽 Paris",
          "وصلت بطاقتي من لندن إلى Berlin أمس",
          "我的卡在 London 丢了，请帮帮我 Anna",
          "Cafe\u0301 Mu\u0308nchen took Zoe\u0308 Mu\u0308ller's card in Malmo\u0308",
          "नमस्ते, मेरा कार्ड London में खो गया",
          "ﬁnd Ｔｏｋｙｏ and 東京 and Zürich",
          "Can I get a refund?");

  @TempDir Path folder;

  @Test
  void everySpanIsExactlyItsPieceOfTheText() throws Exception {
    Launcher.Finished answer =
        Launcher.winnow(folder)
            .run(String.join("\n", TEXTS) + "\n", "try", "deploy/models/support", "--json");

    assertThat(answer.status()).as(answer.err()).isZero();
    assertThat(answer.err()).isEmpty();
    List<String> lines = answer.out().lines().toList();
    assertThat(lines).hasSameSizeAs(TEXTS);
    int spans = 0;
    for (int i = 0; i < lines.size(); i++) {
      JsonNode line = new ObjectMapper().readTree(lines.get(i));
      assertThat(line.path("text").asText()).isEqualTo(TEXTS.get(i));
      for (JsonNode span : line.findValue("spans")) {
        int start = span.path("start").asInt();
        int end = span.path("end").asInt();
        assertThat(TEXTS.get(i).substring(start, end)).isEqualTo(span.path("text").asText());
        spans++;
      }
    }
    assertThat(spans).isGreaterThan(5);
  }

  @Test
  void theShippedModelAnswersASimpleTextRightly() throws Exception {
    Launcher.Finished answer =
        Launcher.winnow(folder)
            .run("", "try", "deploy/models/support", "--json", "I lost my card in Berlin");

    JsonNode line = new ObjectMapper().readTree(answer.out());
    assertThat(line.path("enrichments").path(0).path("labels").path(0).path("label").asText())
        .isEqualTo("lost_or_stolen_card");
    assertThat(line.findValue("spans").findValuesAsText("text")).contains("Berlin");
  }

  @Test
  void anArgumentKeepsItsLettersWhateverTheLocale() throws Exception {
    Process process =
        new ProcessBuilder(
                "bash",
                "-c",
                "LC_ALL=C deploy/local/winnow try deploy/models/support --json $'in Z\\xc3\\xbcrich'")
            .directory(Launcher.ROOT.toFile())
            .start();

    JsonNode line = new ObjectMapper().readTree(process.getInputStream());
    assertThat(process.waitFor()).isZero();
    assertThat(line.path("text").asText()).isEqualTo("in Zürich");
  }

  @Test
  void theLauncherMayBeCalledThroughALink() throws Exception {
    Path link =
        Files.createSymbolicLink(
            folder.resolve("winnow"), Launcher.ROOT.resolve("deploy/local/winnow"));

    Process process =
        new ProcessBuilder(link.toString(), "--version").redirectErrorStream(true).start();

    assertThat(new String(process.getInputStream().readAllBytes(), UTF_8)).startsWith("winnow ");
    assertThat(process.waitFor()).isZero();
  }

  @Test
  void aModelThatIsNotThereIsAWrongUsage() throws Exception {
    Launcher.Finished answer = Launcher.winnow(folder).run("", "try", "no/such/model", "text");

    assertThat(answer.status()).isEqualTo(2);
    assertThat(answer.out()).isEmpty();
    assertThat(answer.err()).contains("no/such/model").doesNotContain("\tat ");
  }
}
