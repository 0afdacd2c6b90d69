package io.winnow.operators.text;

import java.util.Random;

/** Texts of any characters that Unicode has, the awkward ones more often than they occur. */
public final class RandomTexts {
  private static final int[] AWKWARD = {
    0x00, 0x0a, 0x20, 0xa0, 0x300, 0x301, 0x627, 0x3000, 0x200b, 0x200d, 0xfe0f, 0x1f3fd, 0x1f600
  };

  private final Random random;

  public RandomTexts(long seed) {
    this.random = new Random(seed);
  }

  /** Returns a text of at most {@code maxCodePoints}, without lone surrogates. */
  public String next(int maxCodePoints) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(maxCodePoints + 1); i > 0; i--) {
      text.appendCodePoint(codePoint());
    }
    return text.toString();
  }

  private int codePoint() {
    return switch (random.nextInt(4)) {
      case 0 -> AWKWARD[random.nextInt(AWKWARD.length)];
      case 1 -> anyCodePoint();
      default -> ' ' + random.nextInt('~' - ' ' + 1);
    };
  }

  private int anyCodePoint() {
    int c = random.nextInt(Character.MAX_CODE_POINT + 1);
    return c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE ? 'x' : c;
  }
}
