package io.winnow.jobs.plan;

import io.winnow.operators.flink.Batching;
import io.winnow.operators.inference.LoadedModel;
import io.winnow.operators.model.ModelBundle;
import io.winnow.operators.task.Enricher;
import io.winnow.operators.task.Outcome;
import io.winnow.operators.task.SortedEnricher;
import io.winnow.operators.text.RejectedException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Measures how many texts this machine enriches a second: a thread for each core runs them through
 * all models of a pipeline, as the job's operators do.
 */
public final class CapacityTrial {
  private static final Duration WARM_UP = Duration.ofSeconds(3);
  private static final long SEED = 43;

  private final List<Model> models;
  private final List<String> texts;
  private final int cores;

  /**
   * A model of the pipeline, open.
   *
   * @param batching how the pipeline runs it
   */
  public record Model(ModelBundle bundle, LoadedModel loaded, Batching batching) {}

  /**
   * Prepares a trial.
   *
   * @param texts a sample, which the threads run through again and again, in an order by chance
   */
  public CapacityTrial(List<Model> models, List<String> texts, int cores) {
    this.models = List.copyOf(models);
    this.texts = shuffled(texts);
    this.cores = cores;
  }

  /** In each run in the same way: a slow model reads a part only, and a sample may be sorted. */
  private static List<String> shuffled(List<String> texts) {
    List<String> shuffled = new ArrayList<>(texts);
    Collections.shuffle(shuffled, new Random(SEED));
    return List.copyOf(shuffled);
  }

  /** Returns how many tokens the texts have for the first model, where it can read them. */
  public TokenHistogram tokens() {
    TokenHistogram histogram = new TokenHistogram();
    for (String text : texts) {
      length(text).ifPresent(histogram::add);
    }
    return histogram;
  }

  private OptionalInt length(String text) {
    try {
      return OptionalInt.of(models.get(0).loaded().tokenizer().tokenize(text).size());
    } catch (RejectedException e) { // the trial counts it
      return OptionalInt.empty();
    }
  }

  /** Measures; {@code eachSecond} is told how it goes. */
  public Capacity run(Duration time, Runnable eachSecond) throws InterruptedException {
    ExecutorService threads = Executors.newFixedThreadPool(cores);
    try {
      work(threads, WARM_UP, () -> {});
      return work(threads, time, eachSecond);
    } finally {
      threads.shutdownNow();
    }
  }

  private Capacity work(ExecutorService threads, Duration time, Runnable eachSecond)
      throws InterruptedException {
    long start = System.nanoTime();
    List<Future<Share>> shares = new ArrayList<>();
    for (int core = 0; core < cores; core++) {
      int first = core * texts.size() / cores;
      shares.add(threads.submit(() -> new Worker(first, start + time.toNanos()).work()));
    }
    for (long second = 0; second < time.toSeconds(); second++) {
      TimeUnit.SECONDS.sleep(1);
      eachSecond.run();
    }
    double eventsPerSecond = 0;
    double tokensPerSecond = 0;
    long failed = 0;
    for (Future<Share> share : shares) {
      Share found = joined(share);
      eventsPerSecond += found.events / found.seconds;
      tokensPerSecond += found.tokens / found.seconds;
      failed += found.failed;
    }
    return new Capacity(cores, time.toNanos() / 1e9, eventsPerSecond, tokensPerSecond, failed);
  }

  private static Share joined(Future<Share> share) throws InterruptedException {
    try {
      return share.get();
    } catch (ExecutionException e) { // no fault of a text, as those are counted
      throw new IllegalStateException("The measurement failed: " + e.getCause(), e);
    }
  }

  /** What one thread did. */
  private record Share(long events, long tokens, long failed, double seconds) {}

  /** A thread's part of the trial: all models, each with an enricher of its own. */
  private final class Worker {
    private final List<Answering> answerings = new ArrayList<>();
    private final long deadline;
    private int next;
    private long events;
    private long tokens;
    private long failed;

    Worker(int first, long deadline) {
      this.next = first;
      this.deadline = deadline;
      for (Model model : models) {
        Enricher enricher = new Enricher(model.bundle(), model.loaded());
        answerings.add(
            model.batching().sorted()
                ? chunk -> sorted(new SortedEnricher(enricher), chunk)
                : chunk -> alone(enricher, chunk));
      }
    }

    Share work() {
      long start = System.nanoTime();
      boolean together = models.stream().anyMatch(model -> model.batching().sorted());
      while (System.nanoTime() < deadline) {
        List<String> chunk = chunk(together);
        for (Answering answering : answerings) {
          answering.answer(chunk);
        }
        events += chunk.size();
      }
      return new Share(events, tokens, failed, (System.nanoTime() - start) / 1e9);
    }

    /** Returns the next text, or as many as the operator answers together. */
    private List<String> chunk(boolean together) {
      List<String> chunk = new ArrayList<>();
      long characters = 0;
      do {
        String text = texts.get(next);
        chunk.add(text);
        characters += text.length();
        next = (next + 1) % texts.size();
      } while (together && !Batching.isFull(chunk.size(), characters));
      return chunk;
    }

    private void alone(Enricher enricher, List<String> chunk) {
      for (String text : chunk) {
        try {
          tokens += enricher.enrich(text).tokensRead();
        } catch (RejectedException e) {
          failed++;
        }
      }
    }

    private void sorted(SortedEnricher enricher, List<String> chunk) {
      for (Outcome outcome : enricher.enrich(chunk)) {
        if (outcome.answer() == null) {
          failed++;
        } else {
          tokens += outcome.answer().text().tokensRead();
        }
      }
    }
  }

  /** Runs texts through a model. */
  private interface Answering {
    void answer(List<String> chunk);
  }
}
