package io.winnow.jobs.bench;

import io.winnow.operators.inference.Batch;
import io.winnow.operators.inference.InferenceException;
import io.winnow.operators.inference.LoadedModel;
import io.winnow.operators.inference.Logits;
import io.winnow.operators.inference.SessionRunner;
import io.winnow.operators.model.Head;
import io.winnow.operators.model.ModelBundle;
import io.winnow.operators.text.RejectedException;
import io.winnow.operators.text.TokenizedText;
import io.winnow.operators.text.TokenizedWindow;
import io.winnow.operators.text.Window;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Runs texts at once, padded to the longest, as code written by hand does. Of a text that is longer
 * than a window only the first window is read.
 *
 * <p>Not thread-safe.
 */
public final class PaddedBatch {
  private final ModelBundle bundle;
  private final LoadedModel model;
  private final SessionRunner runner;
  private final Set<String> outputs;

  /**
   * Creates one for a thread.
   *
   * @param model that of the bundle; whoever opened it closes it
   */
  public PaddedBatch(ModelBundle bundle, LoadedModel model) {
    this.bundle = bundle;
    this.model = model;
    this.runner = model.session().newRunner();
    this.outputs = bundle.heads().stream().map(Head::output).collect(Collectors.toSet());
  }

  /** Returns the labels of each text, as {@link TopLabels} has them. */
  public List<String> labels(List<String> texts) throws RejectedException, InferenceException {
    List<TokenizedWindow> windows = new ArrayList<>(texts.size());
    for (String text : texts) {
      windows.add(firstWindow(model.tokenizer().tokenize(text)));
    }
    List<String> labels = new ArrayList<>(texts.size());
    for (Map<String, Logits> logits : runner.run(Batch.of(windows, bundle.padId()), outputs)) {
      labels.add(TopLabels.of(bundle.heads(), logits));
    }
    return labels;
  }

  private TokenizedWindow firstWindow(TokenizedText text) {
    int capacity = bundle.window().tokens() - text.specialTokens();
    return new TokenizedWindow(text, new Window(0, Math.min(text.size(), capacity)));
  }
}
