package io.winnow.operators.inference;

import io.winnow.operators.text.TextTokenizer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The native libraries of ONNX Runtime and of the tokenizer, which are loaded once (by this class
 * loader, to be exact), on a thread of their own: a bundle is read meanwhile.
 */
public final class NativeLibraries {
  private static final CompletableFuture<Void> LOADED = new CompletableFuture<>();
  private static final AtomicBoolean BEGUN = new AtomicBoolean();

  private NativeLibraries() {}

  /** Begins to load them and returns at once; whoever opens a model learns what became of it. */
  public static void begin() {
    if (BEGUN.compareAndSet(false, true)) {
      Thread thread = new Thread(NativeLibraries::load, "winnow-native-libraries");
      thread.setDaemon(true);
      thread.start();
    }
  }

  private static void load() {
    try {
      TextTokenizer.loadLibrary();
      InferenceSession.loadLibrary();
      LOADED.complete(null);
    } catch (Throwable e) { // errors, too, are for whoever waits
      LOADED.completeExceptionally(e);
    }
  }

  /** Waits until they are loaded, and throws what kept one from it, each time. */
  static void await() {
    begin();
    try {
      LOADED.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw e;
    }
  }
}
