package io.winnow.operators.inference;

import io.winnow.operators.model.ModelBundle;
import io.winnow.operators.text.TextTokenizer;
import java.io.IOException;

/**
 * The native parts of a bundle: its tokenizer and its session.
 *
 * <p>Thread-safe. Whoever opens it closes it.
 */
public record LoadedModel(TextTokenizer tokenizer, InferenceSession session)
    implements AutoCloseable {

  /**
   * Opens a bundle's files.
   *
   * @throws IOException if the tokenizer cannot be read
   * @throws InferenceException if ONNX Runtime refuses the graph
   */
  public static LoadedModel open(ModelBundle bundle) throws IOException, InferenceException {
    return open(bundle, false);
  }

  /** Opens a bundle's files for passes of many texts: their memory comes from an arena. */
  public static LoadedModel openForBatches(ModelBundle bundle)
      throws IOException, InferenceException {
    return open(bundle, true);
  }

  private static LoadedModel open(ModelBundle bundle, boolean arena)
      throws IOException, InferenceException {
    NativeLibraries.await();
    TextTokenizer tokenizer = TextTokenizer.open(bundle.tokenizerFile());
    try {
      return new LoadedModel(tokenizer, InferenceSession.open(bundle.graphFile(), arena));
    } catch (InferenceException | RuntimeException | Error e) {
      tokenizer.close();
      throw e;
    }
  }

  @Override
  public void close() {
    session.close();
    tokenizer.close();
  }
}
