package io.winnow.jobs.bench.djl;

import ai.djl.engine.Engine;
import io.winnow.operators.config.ConfigurationException;
import io.winnow.operators.model.ModelBundle;
import io.winnow.operators.text.TextTokenizer;
import java.io.IOException;
import java.util.logging.Level;
import java.util.logging.Logger;

/** DJL's engine for ONNX Runtime, of which a process has one. */
public final class DjlEngine {
  static final String NAME = "OnnxRuntime";

  /** Held, as a logger that nobody holds forgets its level. */
  private static final Logger RUNTIME = Logger.getLogger("ai.onnxruntime.OrtEnvironment");

  private DjlEngine() {}

  /**
   * Starts the engine. It insists on being the first in a process that uses ONNX Runtime.
   *
   * @throws ConfigurationException if the bundle's tokenizer cannot be read
   * @throws IllegalStateException if something else has used ONNX Runtime before
   */
  public static void start(ModelBundle bundle) throws ConfigurationException {
    // Our tokenizer first: it keeps DJL from calling anybody, and its library out of home folders.
    try {
      TextTokenizer.open(bundle.tokenizerFile()).close();
    } catch (IOException e) {
      throw new ConfigurationException(String.valueOf(e.getMessage()));
    }
    var unused = Engine.getEngine(NAME);
    RUNTIME.setLevel(Level.SEVERE); // it warns of each session that others open
  }
}
