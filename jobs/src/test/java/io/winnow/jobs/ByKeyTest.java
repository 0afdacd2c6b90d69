package io.winnow.jobs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.winnow.operators.flink.TextEvent;
import io.winnow.schemas.EnrichedEvent;
import io.winnow.schemas.SourcePosition;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ByKeyTest {
  private static final int EVENTS = 10_000;

  @Test
  void eventsOfAKeyGoToTheSameSubtaskWhereverTheyComeFrom() {
    ByteBuffer slice = ByteBuffer.wrap("--key--".getBytes(UTF_8), 2, 3).slice();

    assertThat(ByKey.hash(event(slice, 5))).isEqualTo(ByKey.hash(event(bytes("key"), 99)));
  }

  @Test
  void aKeyGoesTheSameWayInEveryRelease() {
    assertThat(ByKey.hash(event(bytes("key-1"), 0))).isEqualTo(807_226_488);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 4, 7, 8, 16, 64})
  void similarKeysSpreadEvenly(int subtasks) {
    assertSpread(subtasks, i -> event(bytes("customer-" + i), 0));
    assertSpread(subtasks, i -> event(ByteBuffer.allocate(8).putLong(0, i * 64L), 0));
    assertSpread(subtasks, i -> event(ByteBuffer.allocate(4).putInt(0, i << 16), 0));
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 4, 7, 8, 16, 64})
  void eventsWithoutAKeySpreadEvenly(int subtasks) {
    assertSpread(subtasks, i -> event(null, i));
    assertSpread(subtasks, i -> event(null, 2L * i)); // as behind transaction markers
  }

  /** No subtask is further from its share than four standard deviations of a fair draw. */
  private static void assertSpread(int subtasks, IntFunction<TextEvent> events) {
    int[] counts = new int[subtasks];
    for (int i = 0; i < EVENTS; i++) {
      counts[Math.floorMod(ByKey.hash(events.apply(i)), subtasks)]++;
    }
    double share = (double) EVENTS / subtasks;
    double tolerance = 4 * Math.sqrt(share);
    for (int count : counts) {
      assertThat((double) count).isBetween(share - tolerance, share + tolerance);
    }
  }

  private static TextEvent event(@Nullable ByteBuffer key, long offset) {
    SourcePosition source = new SourcePosition("messages", 0, offset, 0L);
    return new TextEvent(
        new EnrichedEvent(source, key, List.of(), ByteBuffer.allocate(0), List.of()), List.of());
  }

  private static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(UTF_8));
  }
}
