package io.winnow.jobs.pipeline;

import static io.winnow.jobs.pipeline.PipelineFile.parseWith;
import static io.winnow.jobs.pipeline.PipelineFile.problems;
import static io.winnow.jobs.pipeline.PipelineFile.with;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EnrichmentReaderTest {
  private static final String MODEL = "model: models/intent";

  @ParameterizedTest
  @CsvSource({
    "s3://bucket/m, s3://bucket/m",
    "hdfs:///m, hdfs:///m",
    "file:/m, file:/m",
    "/m, file:///m",
    "/a/../m, file:///m",
    "'/two words', file:///two%20words",
  })
  void modelIsAnAbsoluteUri(String yaml, URI expected) throws Exception {
    assertThat(parseWith(MODEL, "model: " + yaml).enrichments().get(0).model()).isEqualTo(expected);
  }

  @Test
  void relativePathStartsAtTheWorkingDirectory() throws Exception {
    assertThat(parseWith(MODEL, "model: ./m").enrichments().get(0).model())
        .isEqualTo(Path.of("").toAbsolutePath().resolve("m").toUri());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "model: s3://two words   | model: expected a path or a URI of a folder, found 's3://two"
            + " words'",
        "model: file:models/m    | model: expected a path or a URI of a folder, found"
            + " 'file:models/m'",
        "model: s3:models        | model: expected a path or a URI of a folder, found 's3:models'",
        "model: file:///a%00b    | model: expected a path or a URI of a folder, found"
            + " 'file:///a%00b'",
        "parallelism: 0          | parallelism: expected a whole number from 1 to 32768, found 0",
        "parallelism: 32769      | parallelism: expected a whole number from 1 to 32768, found"
            + " 32769",
        "parallelism: 1.5        | parallelism: expected a whole number from 1 to 32768, found 1.5",
        "parallelism: 'auto'     | parallelism: expected a whole number from 1 to 32768, found"
            + " 'auto'",
        "heads: []               | heads: expected at least one element, found none",
        "heads: [1]              | heads[0]: expected a non-empty string, found 1; put it in"
            + " quotes",
        "top-k: 0                | top-k: expected a whole number of at least 1, found 0",
        "min-score: 1.1          | min-score: expected a number from 0 to 1, found 1.1",
        "min-score: high         | min-score: expected a number from 0 to 1, found 'high'",
        "aggregation: averag     | aggregation: expected none, simple, first, average or max,"
            + " found 'averag'; did you mean 'average'?",
        "topK: 3                 | topK: unknown key; did you mean 'top-k'?",
        "batch: 3                | batch: unknown key; known here: name, model, parallelism, heads,"
            + " top-k, min-score, aggregation, golden-records, batching, batching-wait",
        "golden-records: wran    | golden-records: expected fail or warn, found 'wran'; did you mean"
            + " 'warn'?",
      })
  void otherValueIsRefused(String yaml, String what) {
    String model = yaml.startsWith("model") ? "" : MODEL + "\n    ";
    int line = yaml.startsWith("model") ? 8 : 9;

    assertThat(problems(with(MODEL, model + yaml)))
        .containsExactly("p.yaml:%d: enrichments[0].%s".formatted(line, what));
  }

  @Test
  void enrichmentsAreAListOfAtLeastOne() {
    String list = "enrichments:\n  - name: intent\n    " + MODEL;

    assertThat(problems(with(list, "enrichments: []")))
        .containsExactly("p.yaml:6: enrichments: expected at least one element, found none");
    assertThat(problems(with(list, "enrichments:\n  name: intent\n  " + MODEL)))
        .containsExactly("p.yaml:7: enrichments: expected a list of mappings, found a mapping");
  }

  @Test
  void namesDiffer() {
    assertThat(problems(with(MODEL, MODEL + "\n  - name: intent\n    model: other")))
        .containsExactly(
            "p.yaml:9: enrichments[1].name: expected a name of its own, but enrichments[0] has it");
  }

  @Test
  void twoMissingNamesAreNotTheSameName() {
    assertThat(problems(with("- name: intent\n    " + MODEL, "- model: a\n  - model: b")))
        .containsExactly(
            "p.yaml:7: enrichments[0].name: missing; expected a name of letters, digits, '.', '_'"
                + " and '-'",
            "p.yaml:8: enrichments[1].name: missing; expected a name of letters, digits, '.', '_'"
                + " and '-'");
  }

  @Test
  void headStandsOnce() {
    assertThat(problems(with(MODEL, MODEL + "\n    heads: [a, b, a]")))
        .containsExactly(
            "p.yaml:9: enrichments[0].heads[2]: expected each head once, but heads[0] is the same");
  }
}
