package io.winnow.operators.model;

import java.io.IOException;
import java.nio.file.Files;

/**
 * Native memory that a bundle needs outside the Java heap, computed from its files. All sizes are
 * in bytes; operators/README.md shows the arithmetic and what was measured.
 *
 * @param weights of the session, which all subtasks of a process share
 * @param tokenizer of the tokenizer, which they share, too
 * @param subtask of what each subtask computes in the longest window
 */
public record MemoryBudget(long weights, long tokenizer, long subtask) {
  /** What the native libraries and their allocator take in each process, whatever the models. */
  public static final long PROCESS = 96L << 20;

  /** ONNX Runtime holds weights in the layout of its kernels, and a few of them twice. */
  private static final double WEIGHTS_FACTOR = 1.25;

  /** A vocabulary as hash maps, in both directions. */
  private static final int TOKENIZER_FACTOR = 10;

  /** The C library keeps what was freed, in an arena for each of some threads. */
  private static final int ALLOCATOR_FACTOR = 2;

  /** ONNX element types that kernels of a CPU read as 32 bits: float16 and bfloat16. */
  private static final int[] WIDENED = {10, 16};

  /**
   * Computes the budget of a bundle.
   *
   * @throws IOException if a file cannot be read
   */
  public static MemoryBudget of(ModelBundle bundle) throws IOException {
    return new MemoryBudget(
        (long) (WEIGHTS_FACTOR * (bundle.graphBytes() + widened(bundle.graph()))),
        TOKENIZER_FACTOR * Files.size(bundle.tokenizerFile()),
        ALLOCATOR_FACTOR * EncoderSize.read(bundle.folder()).activations(bundle.window().tokens()));
  }

  /**
   * Computes the budget of a bundle that runs several windows in a pass.
   *
   * @param passTokens tokens of a pass, padding included; a longer window has one of its own
   * @throws IOException if a file cannot be read
   */
  public static MemoryBudget ofBatches(ModelBundle bundle, int passTokens) throws IOException {
    MemoryBudget alone = of(bundle);
    int windows = 1 + (passTokens - 1) / bundle.window().tokens();
    return new MemoryBudget(alone.weights, alone.tokenizer, windows * alone.subtask);
  }

  /** Returns what a process needs for this bundle alone, without {@link #PROCESS}. */
  public long bytes(int subtasks) {
    return weights + tokenizer + subtasks * subtask;
  }

  private static long widened(OnnxGraph graph) {
    long bytes = 0;
    for (int type : WIDENED) {
      bytes += graph.weightBytes().getOrDefault(type, 0L);
    }
    return bytes;
  }
}
