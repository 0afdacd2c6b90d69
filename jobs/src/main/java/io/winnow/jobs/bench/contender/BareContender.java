package io.winnow.jobs.bench.contender;

import io.winnow.jobs.bench.Answer;
import io.winnow.jobs.bench.BenchText;
import io.winnow.jobs.bench.Measurement;
import io.winnow.jobs.bench.Round;
import io.winnow.jobs.bench.TopLabels;
import io.winnow.jobs.bench.text.Workload;
import io.winnow.operators.inference.InferenceException;
import io.winnow.operators.inference.LoadedModel;
import io.winnow.operators.inference.Logits;
import io.winnow.operators.inference.SessionRunner;
import io.winnow.operators.model.Head;
import io.winnow.operators.model.ModelBundle;
import io.winnow.operators.task.Enricher;
import io.winnow.operators.text.RejectedException;
import io.winnow.operators.text.TokenizedWindow;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;

/**
 * A loop around ONNX Runtime over text that is already tokenized: with a thread for each core the
 * limit of what a process can do.
 */
final class BareContender implements Contender {
  private final ModelBundle bundle;
  private final LoadedModel model;
  private final int threads;
  private final Set<String> outputs;

  BareContender(ModelBundle bundle, LoadedModel model, int threads) {
    this.bundle = bundle;
    this.model = model;
    this.threads = threads;
    this.outputs = bundle.heads().stream().map(Head::output).collect(Collectors.toSet());
  }

  @Override
  public Measurement measure(Workload workload, int texts) throws Exception {
    Round round = new Round(workload.next(texts));
    answer(round);
    return round.measurement();
  }

  void answer(Round round) throws Exception {
    Callable<Void> loop = loop(round, tokenized(round));
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      for (Future<Void> ended : pool.invokeAll(Collections.nCopies(threads, loop))) {
        ended.get();
      }
    } finally {
      pool.shutdownNow();
    }
  }

  private List<List<TokenizedWindow>> tokenized(Round round) throws RejectedException {
    Enricher enricher = new Enricher(bundle, model);
    List<List<TokenizedWindow>> tokenized = new ArrayList<>(round.size());
    for (int i = 0; i < round.size(); i++) {
      BenchText text = round.text(i);
      tokenized.add(enricher.divide(text.text()));
    }
    return tokenized;
  }

  private Callable<Void> loop(Round round, List<List<TokenizedWindow>> tokenized) {
    return () -> {
      SessionRunner runner = model.session().newRunner();
      for (OptionalInt next = round.next(); next.isPresent(); next = round.next()) {
        int index = next.getAsInt();
        round.answered(new Answer(index, labels(runner, tokenized.get(index))));
      }
      return null;
    };
  }

  /** Returns the labels of the first window; the others are run, too. */
  private String labels(SessionRunner runner, List<TokenizedWindow> windows)
      throws InferenceException {
    Map<String, Logits> first = Map.of();
    for (TokenizedWindow window : windows) {
      Map<String, Logits> logits = runner.run(window.text(), window.window(), outputs);
      first = first.isEmpty() ? logits : first;
    }
    return TopLabels.of(bundle.heads(), first);
  }
}
