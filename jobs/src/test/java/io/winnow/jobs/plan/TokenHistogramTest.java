package io.winnow.jobs.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class TokenHistogramTest {

  @Test
  void barsReachTwiceAsFarEachTime() {
    TokenHistogram tokens = new TokenHistogram();
    for (int count : new int[] {0, 1, 8, 9, 16, 17, 40}) {
      tokens.add(count);
    }

    assertThat(tokens.bars())
        .containsExactly(
            new TokenHistogram.Bar(0, 8, 3),
            new TokenHistogram.Bar(9, 16, 2),
            new TokenHistogram.Bar(17, 32, 1),
            new TokenHistogram.Bar(33, 64, 1));
    assertThat(tokens.texts()).isEqualTo(7);
    assertThat(tokens.mean()).isEqualTo(13, within(1e-9));
    assertThat(tokens.percentile(50)).isEqualTo(9);
    assertThat(tokens.longest()).isEqualTo(40);
  }
}
