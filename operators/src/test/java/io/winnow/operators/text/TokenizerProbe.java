package io.winnow.operators.text;

import java.nio.file.Path;
import java.util.concurrent.Callable;

/** Opens a tokenizer in the class loader that this class is loaded by, as a job does. */
public final class TokenizerProbe implements Callable<Integer> {
  private static final Path FILE = Path.of("src/test/resources/parity/bert-text/tokenizer.json");

  /** Returns the number of tokens of a text. */
  @Override
  public Integer call() throws Exception {
    try (TextTokenizer tokenizer = TextTokenizer.open(FILE)) {
      return tokenizer.tokenize("Angela met Tim in Paris").size();
    }
  }
}
