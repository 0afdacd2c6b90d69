package io.winnow.jobs.redrive;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.winnow.jobs.replay.PartitionRange;
import java.util.List;
import org.junit.jupiter.api.Test;

class MarksTest {
  private static final RedriveOptions OPTIONS =
      new RedriveOptions("earliest", "now", List.of("invalid-json"), null);
  private static final RedriveRun RUN =
      new RedriveRun("id", OPTIONS, List.of(new PartitionRange(0, 3, 7)), false);

  @Test
  void keysAreReadAsTheyAreWritten() {
    LetterId live = new LetterId("support", "a.b-c_d", 3, 1L << 40, null);
    LetterId replayed = new LetterId("support", "a", 0, 0, "20260131-120000-k3f9");

    assertThat(LetterId.parse(live.key())).contains(live);
    assertThat(LetterId.parse(replayed.key())).contains(replayed);
    for (LetterId id : List.of(live, replayed)) {
      assertThat(LetterId.parse(id.ofAny().key())).contains(id.ofAny());
    }
    assertThat(LetterId.parse("run/name")).isEmpty();
    assertThat(LetterId.parse("a/b/c")).isEmpty();
  }

  @Test
  void aRedriveThatDidNotEndIsFoundByWhatItWasAskedFor() {
    Marks marks = new Marks();
    marks.add(Letters.record(Marks.runKey("support"), Marks.value(RUN)));

    assertThat(marks.unfinished("support", OPTIONS)).contains(RUN);
    assertThat(marks.unfinished("other", OPTIONS)).isEmpty();
    assertThat(marks.unfinished("support", new RedriveOptions("earliest", "now", List.of(), null)))
        .isEmpty();

    marks.add(Letters.record(Marks.runKey("support"), Marks.value(RUN.end())));
    assertThat(marks.unfinished("support", OPTIONS)).isEmpty();
  }

  @Test
  void aMarkThatCannotBeReadStopsEverything() {
    byte[] key = new LetterId("support", "messages", 0, 1, null).key().getBytes(UTF_8);

    assertThatThrownBy(() -> new Marks().add(Letters.record(key, "{}".getBytes(UTF_8))))
        .hasMessageContaining("topic 'dead.redriven', found another one in partition 0");
  }
}
