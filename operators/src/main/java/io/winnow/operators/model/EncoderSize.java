package io.winnow.operators.model;

import java.nio.file.Path;
import java.util.ArrayList;

/**
 * How wide an encoder is, by its {@code config.json}.
 *
 * @param hidden numbers that stand for a token
 * @param heads attention heads of a layer
 * @param intermediate numbers that stand for a token inside a layer
 */
record EncoderSize(int hidden, int heads, int intermediate) {
  /** BERT large: what is assumed of a model that does not say it. */
  private static final EncoderSize LARGE = new EncoderSize(1024, 16, 4096);

  static EncoderSize read(Path folder) {
    HuggingFaceConfig config = HuggingFaceConfig.read(folder, new ArrayList<>());
    return new EncoderSize(
        config.size("hidden_size", "dim").orElse(LARGE.hidden),
        config.size("num_attention_heads", "n_heads").orElse(LARGE.heads),
        config.size("intermediate_size", "hidden_dim").orElse(LARGE.intermediate));
  }

  /**
   * Returns the bytes that live at once in a layer's forward pass, in 32 bits: the scores of its
   * attention before and after the softmax, both sides of the activation, and six vectors a token.
   */
  long activations(int tokens) {
    long numbers = 2L * heads * tokens + 2L * intermediate + 6L * hidden;
    return numbers * tokens * Float.BYTES;
  }
}
