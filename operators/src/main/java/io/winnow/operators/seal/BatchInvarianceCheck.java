package io.winnow.operators.seal;

import io.winnow.operators.inference.Batch;
import io.winnow.operators.inference.InferenceException;
import io.winnow.operators.inference.LoadedModel;
import io.winnow.operators.inference.Logits;
import io.winnow.operators.inference.SessionRunner;
import io.winnow.operators.model.BatchInvariance;
import io.winnow.operators.model.Head;
import io.winnow.operators.model.ModelBundle;
import io.winnow.operators.model.Task;
import io.winnow.operators.task.SortedEnricher;
import io.winnow.operators.text.TokenizedWindow;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Runs windows alone, in random batches, in passes as full as sorted batching makes them, and under
 * several paddings, and compares their logits.
 */
final class BatchInvarianceCheck {
  private static final long SEED = 42; // of no meaning: the same batches at each sealing
  private static final int ROUNDS = 8;
  private static final int LARGEST_BATCH = 8;
  private static final int[] PADDINGS = {1, 8, 64};

  private final ModelBundle bundle;
  private final SessionRunner runner;
  private final Set<String> outputs;
  private final Map<TokenizedWindow, Map<String, Logits>> alone = new HashMap<>();

  private int runs;
  private double largest;
  private int flips;

  BatchInvarianceCheck(ModelBundle bundle, LoadedModel model) {
    this.bundle = bundle;
    this.runner = model.session().newRunner();
    this.outputs = bundle.ownHeads().stream().map(Head::output).collect(Collectors.toSet());
  }

  /**
   * Checks a model by windows of different lengths.
   *
   * @throws InferenceException if the model cannot run on one of them alone
   */
  BatchInvariance check(List<TokenizedWindow> windows) throws InferenceException {
    for (TokenizedWindow window : windows) {
      alone.put(window, runner.run(window.text(), window.window(), outputs));
    }
    try {
      for (Batch batch : batches(windows)) {
        compare(batch);
      }
    } catch (InferenceException e) { // a graph for one text at a time
      return BatchInvariance.NOT_PROVEN;
    }
    return BatchInvariance.of(runs, largest, flips);
  }

  /** Returns the batches that are compared with windows alone. */
  List<Batch> batches(List<TokenizedWindow> windows) {
    List<Batch> batches = new ArrayList<>();
    Random random = new Random(SEED);
    List<TokenizedWindow> shuffled = new ArrayList<>(windows);
    for (int round = 0; round < ROUNDS; round++) {
      Collections.shuffle(shuffled, random);
      int start = 0;
      while (start < shuffled.size()) {
        int end = start + 2 + random.nextInt(LARGEST_BATCH - 1);
        end = end + 1 >= shuffled.size() ? shuffled.size() : end; // nobody is left over alone
        batches.add(Batch.of(shuffled.subList(start, end), bundle.padId()));
        start = end;
      }
    }
    shuffled.sort(Comparator.comparingInt(TokenizedWindow::tokens));
    for (int longest = 0; longest < shuffled.size(); longest++) {
      batches.add(full(shuffled.subList(0, longest + 1), random));
    }
    for (TokenizedWindow window : windows) {
      for (int padding : PADDINGS) {
        int length = Math.min(window.tokens() + padding, bundle.window().tokens());
        if (length > window.tokens()) {
          batches.add(new Batch(List.of(window), length, bundle.padId()));
        }
      }
    }
    return batches;
  }

  /** Returns as many windows as a shared pass holds: the last one, and others at random. */
  private Batch full(List<TokenizedWindow> windows, Random random) {
    TokenizedWindow longest = windows.get(windows.size() - 1);
    List<TokenizedWindow> pass = new ArrayList<>(List.of(longest));
    while ((pass.size() + 1) * longest.tokens() <= SortedEnricher.PASS_TOKENS) {
      pass.add(windows.get(random.nextInt(windows.size())));
    }
    return Batch.of(pass, bundle.padId());
  }

  private void compare(Batch batch) throws InferenceException {
    List<Map<String, Logits>> together = runner.run(batch, outputs);
    runs++;
    for (int i = 0; i < batch.size(); i++) {
      TokenizedWindow window = batch.windows().get(i);
      for (Head head : bundle.ownHeads()) {
        compare(
            head,
            window,
            Objects.requireNonNull(Objects.requireNonNull(alone.get(window)).get(head.output())),
            Objects.requireNonNull(together.get(i).get(head.output())));
      }
    }
  }

  private void compare(Head head, TokenizedWindow window, Logits expected, Logits found) {
    boolean tokens =
        head.task() == Task.TOKEN_CLASSIFICATION; // of which the special ones are unread
    int from = tokens ? window.text().prefix() : 0;
    int to = tokens ? from + window.window().size() : 1;
    for (int i = from * expected.columns(); i < to * expected.columns(); i++) {
      largest = Math.max(largest, Math.abs(expected.values()[i] - found.values()[i]));
    }
    flips += new Flips(head).count(expected, found, from, to);
  }
}
