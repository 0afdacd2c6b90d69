package io.winnow.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a user may do wrong, without a broker. */
class DiffVerbTest {
  @TempDir Path folder;

  @Test
  void bothBoundsAreCheckedAtOnceBeforeABrokerIsAsked() throws Exception {
    Path offsets = Files.writeString(folder.resolve("offsets.json"), "{\"0\": 1}");

    Winnow winnow = diff("--from", "yesterday", "--to", "@" + offsets);

    assertThat(winnow.status()).isEqualTo(2);
    assertThat(winnow.errors()).hasSize(2);
    assertThat(winnow.err())
        .contains("--from: expected earliest, now, a date", "found 'yesterday'")
        .contains("--to: expected a time, as two topics have no offsets in common");
  }

  @Test
  void aPageThatCannotBeWrittenIsToldBeforeTheTopicsAreRead() throws Exception {
    Winnow winnow = diff("--report", folder.resolve("missing/diff.html").toString());

    assertThat(winnow.status()).isEqualTo(2);
    assertThat(winnow.err()).contains("Expected a file in a folder that exists with --report");
  }

  @Test
  void aBrokerThatIsNotThereIsNamedAndNoModelIsNeeded() throws Exception {
    Winnow winnow = diff();

    assertThat(winnow.status()).isEqualTo(2);
    assertThat(winnow.errors()).hasSize(1);
    assertThat(winnow.err())
        .contains("expected a Kafka broker at localhost:1, but nobody listens there");
  }

  private Winnow diff(String... options) throws Exception {
    Path pipeline =
        Files.writeString(
            folder.resolve("pipeline.yaml"),
            """
            name: support
            source: {bootstrap-servers: "localhost:1", topic: in}
            text: text
            enrichments: [{name: intent, model: models/that/are/gone}]
            sink: {topic: out}
            dead-letters: {topic: dead}
            """);
    List<String> arguments =
        new ArrayList<>(List.of("diff", pipeline.toString(), "out", "candidate"));
    arguments.addAll(List.of(options));
    return Winnow.run(arguments.toArray(String[]::new));
  }
}
