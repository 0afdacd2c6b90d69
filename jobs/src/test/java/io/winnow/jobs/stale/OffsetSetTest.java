package io.winnow.jobs.stale;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OffsetSetTest {
  private static final long FAR = 40_000_000_000L;

  private final OffsetSet offsets = new OffsetSet();

  @Test
  void anOffsetIsNewOnceInEachPartition() {
    assertThat(offsets.add(0, FAR)).isTrue();
    assertThat(offsets.add(0, FAR)).isFalse();
    assertThat(offsets.add(1, FAR)).isTrue();

    assertThat(offsets.contains(0, FAR)).isTrue();
    assertThat(offsets.contains(0, FAR + 1)).isFalse();
    assertThat(offsets.contains(0, FAR + (1 << 16))).isFalse();
    assertThat(offsets.contains(2, FAR)).isFalse();
  }

  @Test
  void whatIsAmongOthersIsNotCounted() {
    for (long offset = 65_000; offset < 66_000; offset++) {
      offsets.add(3, offset);
    }
    OffsetSet others = new OffsetSet();
    others.add(3, 65_535);
    others.add(3, 65_536);
    others.add(3, FAR);
    others.add(4, 65_001);

    assertThat(offsets.without(others)).isEqualTo(998);
    assertThat(offsets.without(new OffsetSet())).isEqualTo(1_000);
    assertThat(offsets.contains(3, 65_535)).isTrue();
  }
}
