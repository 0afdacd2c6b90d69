package io.winnow.jobs.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.winnow.operators.config.ConfigurationException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BoundsTest {
  private static final Instant NOW = Instant.parse("2026-03-08T12:00:00Z");
  private static final String OPTION = "--backfill";

  @TempDir Path folder;

  @Test
  void eachEndKnowsItsOption() throws Exception {
    Bound at = new Bound.At(Instant.parse("2026-03-01T12:00:00Z"));
    Bound now = new Bound.Now();

    assertThat(Bounds.read("-7d", "now", NOW)).isEqualTo(new Bounds(at, now, "--from", "--to"));
    assertThat(Bounds.readRange(OPTION, "-7d..now", NOW))
        .isEqualTo(new Bounds(at, now, OPTION, OPTION));
    assertThat(new Bounds(at, now)).isEqualTo(new Bounds(at, now, "--from", "--to"));
  }

  @Test
  void dotsOfAPathAreNotThoseBetweenTheEnds() throws Exception {
    Files.createDirectory(folder.resolve("sub"));
    Files.writeString(folder.resolve("offsets.json"), "{\"0\": 12}");
    String file = "@" + folder.resolve("sub") + "/../offsets.json";
    Bound offsets = new Bound.Offsets(Map.of(0, 12L));

    Bounds from = Bounds.readRange(OPTION, file + "..now", NOW);
    Bounds to = Bounds.readRange(OPTION, "earliest.." + file, NOW);
    Bounds both = Bounds.readRange(OPTION, file + ".." + file, NOW);

    assertThat(from.from()).isEqualTo(offsets);
    assertThat(from.to()).isEqualTo(new Bound.Now());
    assertThat(to.from()).isEqualTo(new Bound.Earliest());
    assertThat(to.to()).isEqualTo(offsets);
    assertThat(both.from()).isEqualTo(offsets);
    assertThat(both.to()).isEqualTo(offsets);
  }

  @Test
  void aPathMayBeginAboveTheWorkingDirectory() {
    assertThatExceptionOfType(ConfigurationException.class)
        .isThrownBy(() -> Bounds.readRange(OPTION, "@../../no-such-offsets.json..now", NOW))
        .withMessageContainingAll(
            "--backfill: expected a file that can be read", "../../no-such-offsets.json");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "now", "-7d.now", "@../offsets.json"})
  void aRangeHasTwoEnds(String range) {
    assertThatExceptionOfType(ConfigurationException.class)
        .isThrownBy(() -> Bounds.readRange(OPTION, range, NOW))
        .withMessage("--backfill: expected FROM..TO, as in -7d..now, found '" + range + "'");
  }
}
