package io.winnow.operators.task;

import io.winnow.operators.inference.Batch;
import io.winnow.operators.inference.InferenceException;
import io.winnow.operators.inference.LoadedModel;
import io.winnow.operators.inference.Logits;
import io.winnow.operators.inference.SessionRunner;
import io.winnow.operators.model.Head;
import io.winnow.operators.model.ModelBundle;
import io.winnow.operators.model.Task;
import io.winnow.operators.model.WindowLimits;
import io.winnow.operators.text.Reason;
import io.winnow.operators.text.RejectedException;
import io.winnow.operators.text.TokenizedText;
import io.winnow.operators.text.TokenizedWindow;
import io.winnow.operators.text.Window;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Answers texts with all heads of a bundle, each text alone and at its own length, so that its
 * answer depends on nothing else.
 *
 * <p>Not thread-safe: each thread has its own over a shared {@link LoadedModel}, which it does not
 * close.
 */
public final class Enricher {
  private static final String PROBE = "A first text wakes the model and shows its outputs.";

  private final ModelBundle bundle;
  private final List<Head> heads;
  private final LoadedModel model;
  private final SessionRunner runner;
  private final Set<String> outputs;

  public Enricher(ModelBundle bundle, LoadedModel model) {
    this(bundle, bundle.heads(), model);
  }

  /** Answers with other heads of the bundle than those that are asked for. */
  public Enricher(ModelBundle bundle, List<Head> heads, LoadedModel model) {
    this.bundle = bundle;
    this.heads = List.copyOf(heads);
    this.model = model;
    this.runner = model.session().newRunner();
    this.outputs = this.heads.stream().map(Head::output).collect(Collectors.toSet());
  }

  /**
   * Runs a first text, and with it the checks that the files alone do not allow.
   *
   * @throws InferenceException if the model cannot run, or its outputs do not fit the labels
   */
  public void warmUp() throws InferenceException {
    try {
      TokenizedText text = model.tokenizer().tokenize(PROBE);
      Window window = cover(text, 1).get(0); // whatever the limit of windows
      Map<String, Logits> logits = runner.run(text, window, outputs);
      for (Head head : heads) {
        check(head, window.size() + text.specialTokens(), logits);
      }
    } catch (RejectedException e) {
      throw new InferenceException(bundle.tokenizerFile() + ": " + e.getMessage(), e);
    }
  }

  private void check(Head head, int tokens, Map<String, Logits> logits) throws InferenceException {
    Logits found = logits.get(head.output());
    int rows = head.task() == Task.TEXT_CLASSIFICATION ? 1 : tokens;
    if (found == null || found.columns() != head.labels().size() || found.rows() != rows) {
      throw new InferenceException(
          "Expected %d x %d logits for head %s, but output %s of %s gave %s"
              .formatted(
                  rows,
                  head.labels().size(),
                  head.name(),
                  head.output(),
                  bundle.graphFile(),
                  found == null ? "nothing" : found.rows() + " x " + found.columns()),
          null);
    }
  }

  /**
   * Answers one text.
   *
   * @throws RejectedException if the text is too long or the model cannot read it
   */
  public EnrichedText enrich(String text) throws RejectedException {
    List<TokenizedWindow> windows = divide(text);
    List<Map<String, Logits>> passes = new ArrayList<>(windows.size());
    long start = System.nanoTime();
    try {
      for (TokenizedWindow window : windows) {
        passes.add(runner.run(window.text(), window.window(), outputs));
      }
    } catch (InferenceException e) {
      throw unreadable(e);
    }
    return answer(windows, passes, System.nanoTime() - start);
  }

  /**
   * Runs windows of any texts in one forward pass.
   *
   * @return logits of each window
   */
  List<Map<String, Logits>> run(List<TokenizedWindow> windows) throws InferenceException {
    return runner.run(Batch.of(windows, bundle.padId()), outputs);
  }

  static RejectedException unreadable(InferenceException failure) {
    return new RejectedException(Reason.INFERENCE_FAILED, String.valueOf(failure.getMessage()));
  }

  /**
   * Reads the answer of a text off the logits of its windows.
   *
   * @param nanos time in ONNX Runtime, in nanoseconds
   */
  EnrichedText answer(List<TokenizedWindow> divided, List<Map<String, Logits>> passes, long nanos) {
    TokenizedText text = divided.get(0).text();
    List<Window> windows = divided.stream().map(TokenizedWindow::window).toList();
    List<HeadResult> results = new ArrayList<>(heads.size());
    for (Head head : heads) {
      results.add(answer(head, text, windows, passes));
    }
    int read = windows.get(windows.size() - 1).end();
    return new EnrichedText(text.size(), read, windows.size(), nanos, results);
  }

  /**
   * Returns the windows in which a text is read.
   *
   * @throws RejectedException if the text is too long or the tokenizer cannot read it
   */
  public List<TokenizedWindow> divide(String text) throws RejectedException {
    TokenizedText tokenized = model.tokenizer().tokenize(text);
    return windows(tokenized).stream().map(w -> new TokenizedWindow(tokenized, w)).toList();
  }

  private List<Window> windows(TokenizedText text) throws RejectedException {
    WindowLimits limits = bundle.window();
    int needed = Window.count(text.size(), capacity(text), limits.stride());
    if (needed > limits.limit() && limits.overflow() == WindowLimits.Overflow.REJECT) {
      throw new RejectedException(
          Reason.TEXT_TOO_LONG,
          "The text has %d tokens and needs %d windows of %d, more than the limit of %d; raise"
                  .formatted(text.size(), needed, limits.tokens(), limits.limit())
              + " window.limit in the bundle's winnow.yaml, or set window.overflow to cut");
    }
    return cover(text, limits.limit());
  }

  private List<Window> cover(TokenizedText text, int limit) {
    return Window.cover(text.size(), capacity(text), bundle.window().stride(), limit);
  }

  private int capacity(TokenizedText text) {
    return bundle.window().tokens() - text.specialTokens();
  }

  private static HeadResult answer(
      Head head, TokenizedText text, List<Window> windows, List<Map<String, Logits>> passes) {
    List<Logits> logits = new ArrayList<>(passes.size());
    for (Map<String, Logits> pass : passes) {
      logits.add(Objects.requireNonNull(pass.get(head.output())));
    }
    return switch (head.task()) {
      case TEXT_CLASSIFICATION -> new TextClassifier(head).classify(windows, logits);
      case TOKEN_CLASSIFICATION -> new TokenClassifier(head).classify(text, windows, logits);
    };
  }
}
