package io.winnow.jobs.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

class MainTest {
  @Test
  void withoutAVerbTheUsageIsShownAndTheUsageIsWrong() {
    Winnow winnow = Winnow.run();

    assertThat(winnow.status()).isEqualTo(2);
    assertThat(winnow.out()).isEmpty();
    assertThat(winnow.err()).startsWith("Usage: winnow").contains("Verbs:", "Exit status:");
  }

  @Test
  void helpListsTheVerbsTheExitStatusAndExamples() {
    Winnow winnow = Winnow.run("--help");

    assertThat(winnow.status()).isZero();
    assertThat(winnow.err()).isEmpty();
    assertThat(winnow.out())
        .contains(
            "demo",
            "validate",
            "run",
            "try",
            "inspect",
            "seal",
            "evaluate",
            "bench",
            "compare",
            "replay",
            "replays",
            "progress",
            "diff",
            "dead-letters",
            "redrive")
        .containsPattern("0 +done")
        .containsPattern("1 +failed while running")
        .containsPattern("2 +wrong usage or configuration")
        .contains("Examples:", "winnow run pipeline.yaml");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "demo",
        "validate",
        "run",
        "try",
        "inspect",
        "seal",
        "evaluate",
        "bench",
        "compare",
        "replay",
        "replays",
        "progress",
        "diff",
        "dead-letters",
        "redrive"
      })
  void helpOfEachVerbHasAnExampleAndDescribesEveryOption(String verb) {
    Winnow winnow = Winnow.run(verb, "--help");

    assertThat(winnow.status()).isZero();
    assertThat(winnow.err()).isEmpty();
    assertThat(winnow.out()).startsWith("Usage: winnow " + verb).contains("winnow " + verb + " ");
    CommandSpec spec = Winnow.verb(verb);
    assertThat(spec.usageMessage().description()).isNotEmpty();
    assertThat(spec.usageMessage().footer())
        .anySatisfy(line -> assertThat(line).startsWith("Example"));
    for (OptionSpec option : spec.options()) {
      assertThat(option.description()).as(option.longestName()).isNotEmpty();
      assertThat(winnow.out()).contains(option.longestName());
    }
    for (PositionalParamSpec parameter : spec.positionalParameters()) {
      assertThat(parameter.description()).as(parameter.paramLabel()).isNotEmpty();
      assertThat(winnow.out()).contains(parameter.paramLabel());
    }
  }

  /** Of what this program prints, who looks at a cluster from outside sees nothing. */
  @Test
  void inAClustersProcessTheFailureTellsWhatIsWrong() {
    assertThatIllegalStateException()
        .isThrownBy(() -> Main.main(new String[] {"run", "missing.yaml"}))
        .withMessageContainingAll("winnow ended with status 2", "missing.yaml");
    assertThatIllegalStateException()
        .isThrownBy(() -> Main.main(new String[] {"replay", "--frm", "now"}))
        .withMessageContainingAll("winnow ended with status 2", "--frm");
  }

  @ParameterizedTest
  @ValueSource(strings = {"--version", "-V"})
  void versionIsOneLine(String option) {
    Winnow winnow = Winnow.run(option);

    assertThat(winnow.status()).isZero();
    assertThat(winnow.out()).matches("winnow \\S.*\\R");
  }

  @Test
  void anUnknownVerbIsWrongUsageWithTheNearestOne() {
    Winnow winnow = Winnow.run("valdate", "p.yaml");

    assertThat(winnow.status()).isEqualTo(2);
    assertThat(winnow.out()).isEmpty();
    assertThat(winnow.err()).startsWith("error: ").contains("'valdate'", "validate");
    assertThat(winnow.err()).contains("See 'winnow --help'");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "demo",
        "validate",
        "run",
        "try",
        "inspect",
        "seal",
        "evaluate",
        "bench",
        "compare",
        "replay",
        "replays",
        "progress",
        "diff",
        "dead-letters",
        "redrive"
      })
  void anUnknownOptionIsWrongUsage(String verb) {
    Winnow winnow = Winnow.run(verb, "some", "thing", "else", "--jsn");

    assertThat(winnow.status()).isEqualTo(2);
    assertThat(winnow.out()).isEmpty();
    assertThat(winnow.errors().get(0)).startsWith("error: ").contains("--jsn");
    assertThat(winnow.err()).contains("See 'winnow " + verb + " --help'");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "validate",
        "run",
        "try",
        "inspect",
        "seal",
        "evaluate",
        "bench",
        "compare",
        "replay",
        "diff"
      })
  void aMissingArgumentIsNamed(String verb) {
    Winnow winnow = Winnow.run(verb);

    assertThat(winnow.status()).isEqualTo(2);
    assertThat(winnow.errors()).hasSize(2);
    assertThat(winnow.errors().get(0)).containsAnyOf("PIPELINE", "MODEL");
  }

  @Test
  void theDemoShowsAtLeastOneEvent() {
    Winnow winnow = Winnow.run("demo", "--events", "0");

    assertThat(winnow.status()).isEqualTo(2);
    assertThat(winnow.err()).contains("Expected at least 1 event with --events, found 0");
  }

  @ParameterizedTest
  @CsvSource({
    "demo, --kafka-port, 65536",
    "demo, --ui-port, -1",
    "demo, --ui-port, http",
    "run, --ui-port, 99999999999"
  })
  void aPortIsOneThatThereIs(String verb, String option, String port) {
    Winnow winnow = Winnow.run(verb, option + "=" + port);

    assertThat(winnow.status()).isEqualTo(2);
    assertThat(winnow.errors().get(0))
        .contains(option, "expected a port from 0 (any free one) to 65535, found '" + port + "'");
  }

  @Test
  @Timeout(60)
  void outputThatNobodyTakesEndsTheVerbAndIsAFailure() {
    Writer full =
        new Writer() {
          @Override
          public void write(char[] characters, int from, int length) throws IOException {
            throw new IOException("No space left on device");
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        };
    InputStream many = new ByteArrayInputStream("A text\n".repeat(1_000_000).getBytes(UTF_8));
    StringWriter err = new StringWriter();

    int status =
        Main.execute(
            many,
            new PrintWriter(full),
            new PrintWriter(err, true),
            "try",
            Winnow.model("bert-text").toString());

    assertThat(status).isEqualTo(1);
    assertThat(err.toString().lines())
        .containsExactly("error: Standard output is full or closed; the rest is lost");
  }

  @Test
  void aFailureWhileRunningIsOneLineWithoutATrace() throws Exception {
    InputStream closed = InputStream.nullInputStream();
    closed.close();
    StringWriter err = new StringWriter();

    int status =
        Main.execute(
            closed,
            new PrintWriter(Writer.nullWriter()),
            new PrintWriter(err, true),
            "try",
            Winnow.model("bert-text").toString());

    assertThat(status).isEqualTo(1);
    assertThat(err.toString()).isEqualTo("error: Stream closed" + System.lineSeparator());
  }
}
