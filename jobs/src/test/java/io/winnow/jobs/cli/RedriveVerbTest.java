package io.winnow.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a user may do wrong, without a broker. */
class RedriveVerbTest {
  @ParameterizedTest
  @ValueSource(strings = {"dead-letters", "redrive"})
  void aReasonThatThereIsNotIsWrongUsageWithTheNearestOne(String verb) {
    Winnow winnow = Winnow.run(verb, "p.yaml", "--reason", "text-to-long");

    assertThat(winnow.status()).isEqualTo(2);
    assertThat(winnow.err())
        .contains("tombstone, record-too-large,", "did you mean 'text-too-long'?");
  }

  @ParameterizedTest
  @ValueSource(strings = {"dead-letters", "redrive"})
  void bothBoundsAreCheckedAtOnceBeforeAnythingIsRead(String verb) {
    Winnow winnow = Winnow.run(verb, "p.yaml", "--from", "yesterday", "--to", "tomorrow");

    assertThat(winnow.status()).isEqualTo(2);
    assertThat(winnow.errors()).hasSize(2);
  }

  @Test
  void noSubtaskIsWrongUsage() {
    Winnow winnow = Winnow.run("redrive", "p.yaml", "--parallelism", "0");

    assertThat(winnow.status()).isEqualTo(2);
    assertThat(winnow.err()).contains("Expected at least 1 with --parallelism, found 0");
  }
}
