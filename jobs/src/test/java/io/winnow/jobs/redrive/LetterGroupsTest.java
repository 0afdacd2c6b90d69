package io.winnow.jobs.redrive;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.winnow.jobs.redrive.Letters.Redone;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LetterGroupsTest {
  @Test
  void groupsHaveCountsTimesAndSomeExamplesTheLargestFirst() {
    Letters letters =
        new Letters().letter(0, "empty-text", "x").value("no letter".getBytes(UTF_8), List.of());
    for (int i = 1; i <= 5; i++) {
      letters.letter(i, "invalid-json", "payload " + i);
    }

    LetterGroups groups = group(letters, List.of(), Letters.marks(Redone.enriched(1)));

    assertThat(groups.unreadable()).isEqualTo(1);
    assertThat(groups.groups())
        .extracting(LetterGroup::reason)
        .containsExactly("invalid-json", "empty-text");
    LetterGroup largest = groups.groups().get(0);
    assertThat(largest.count()).isEqualTo(4);
    assertThat(largest.redriven()).isEqualTo(1);
    assertThat(largest.firstTime()).contains("1970-01-01T00:00:01.003Z");
    assertThat(largest.lastTime()).contains("1970-01-01T00:00:01.006Z");
    assertThat(largest.examples())
        .hasSize(3)
        .first()
        .satisfies(
            example -> {
              assertThat(example.source().offset()).isEqualTo(2);
              assertThat(example.message()).isEqualTo("message of 2");
              assertThat(text(example.start())).isEqualTo("payload 2");
            });
  }

  @Test
  void onlyTheAskedReasonsAreGrouped() {
    Letters letters = new Letters().letter(1, "invalid-json", "a").letter(2, "empty-text", "b");

    assertThat(group(letters, List.of("empty-text"), Letters.marks()).groups())
        .extracting(LetterGroup::reason)
        .containsExactly("empty-text");
  }

  @Test
  void theStartOfALargePayloadEndsBetweenCharacters() {
    for (int shift = 0; shift < 4; shift++) {
      String payload = "a".repeat(shift) + "\uD83D\uDE00".repeat(1000);

      LetterGroup.Example example =
          group(new Letters().letter(1, "invalid-json", payload), List.of(), Letters.marks())
              .groups()
              .get(0)
              .examples()
              .get(0);

      assertThat(example.bytes()).isEqualTo(4000 + shift);
      assertThat(payload).startsWith(text(example.start()));
      assertThat(text(example.start()).length()).isGreaterThan(250);
    }
  }

  private static String text(@Nullable ByteBuffer start) {
    return UTF_8.decode(Objects.requireNonNull(start).duplicate()).toString();
  }

  private static LetterGroups group(Letters letters, List<String> reasons, Marks marks) {
    LetterGroups groups = new LetterGroups("support", reasons, marks);
    letters.records().forEach(groups::add);
    return groups;
  }
}
