package io.winnow.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The README's first command. */
class DemoITCase {
  @TempDir Path folder;

  @Test
  void theDemoShowsEnrichedEventsAndDeadLettersAndEndsWithASummary() throws Exception {
    Launcher.Finished demo =
        Launcher.winnow(folder)
            .run("", "demo", "--events", "200", "--kafka-port", "0", "--ui-port", "0");

    assertThat(demo.status()).as(demo.err()).isZero();
    assertThat(demo.err()).isEmpty();
    assertThat(demo.out())
        .contains("lost_or_stolen_card", "Malmö[LOC]", "✗ invalid-json (decode)", "Summary")
        .containsPattern("events in +200 ")
        .containsPattern("enriched +190 ")
        .containsPattern("dead letters +10 ")
        .doesNotContain("\u001b");
    List<String> reasons =
        List.of("tombstone", "invalid-utf8", "missing-field", "not-a-string", "empty-text");
    assertThat(demo.out()).contains(reasons);
  }

  @Test
  void aWrongNumberOfEventsIsAWrongUsage() throws Exception {
    Launcher.Finished demo = Launcher.winnow(folder).run("", "demo", "--events", "0");

    assertThat(demo.status()).isEqualTo(2);
    assertThat(demo.err()).contains("--events");
  }
}
