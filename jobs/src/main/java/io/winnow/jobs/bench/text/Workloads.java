package io.winnow.jobs.bench.text;

import io.winnow.jobs.bench.BenchText;
import io.winnow.jobs.bench.WorkloadKind;
import io.winnow.operators.config.ConfigurationException;
import io.winnow.operators.inference.LoadedModel;
import io.winnow.operators.model.ModelBundle;
import io.winnow.operators.task.Enricher;
import io.winnow.operators.text.RejectedException;
import io.winnow.operators.text.TextPolicy;
import io.winnow.operators.text.TokenizedWindow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.Random;

/** Makes workloads whose lengths are counted by a model's own tokenizer. */
public final class Workloads {
  private static final double SHORT_MEAN = 12;
  private static final double MEDIUM_MEAN = 40;
  private static final double LONG_MEAN = 110;
  private static final double MEDIAN = 25;
  private static final double DUPLICATES = 0.4;
  private static final long SEED = 43;
  private static final int MARGIN = 8; // special tokens, and the few that a text has more

  private final Enricher enricher;
  private final TextMaker maker; // one for all, so that none of them makes a text of another
  private final int longest;

  /**
   * Creates a maker.
   *
   * @param model that of the bundle; whoever opened it closes it
   */
  public Workloads(ModelBundle bundle, LoadedModel model) {
    this.enricher = new Enricher(bundle, model);
    this.maker = new TextMaker(Sentences.load(), model.tokenizer());
    this.longest = Math.max(1, bundle.window().tokens() - MARGIN);
  }

  /** Returns a workload of made texts; not the kind {@link WorkloadKind#OWN}. */
  public Workload made(WorkloadKind kind) {
    Workload.TextSupply distinct =
        switch (kind) {
          case SHORT -> distinct(Lengths.around(SHORT_MEAN, longest));
          case MEDIUM -> distinct(Lengths.around(MEDIUM_MEAN, longest));
          case LONG -> distinct(Lengths.around(LONG_MEAN, longest));
          case LOG_NORMAL, DUPLICATES -> distinct(Lengths.wide(MEDIAN, longest));
          case OWN -> throw new IllegalArgumentException("The texts of " + kind + " are not made");
        };
    return new Workload(
        kind, () -> kind == WorkloadKind.DUPLICATES ? repeating(distinct) : distinct);
  }

  private Workload.TextSupply distinct(Lengths lengths) {
    return () -> maker.make(lengths.next());
  }

  /** Gives some of its own texts again, as if nobody had given any before. */
  private static Workload.TextSupply repeating(Workload.TextSupply supply) {
    Random random = new Random(SEED);
    List<BenchText> before = new ArrayList<>();
    return () -> {
      if (!before.isEmpty() && random.nextDouble() < DUPLICATES) {
        return before.get(random.nextInt(before.size()));
      }
      BenchText text = supply.next();
      before.add(text);
      return text;
    };
  }

  /**
   * Returns the lines of a file as a workload, empty ones left out: all of them in an order by
   * chance, the same in each run, and then again.
   *
   * @throws ConfigurationException with every line that a model does not read, or if there is none
   *     that it reads
   */
  public Workload own(Path file) throws ConfigurationException {
    List<String> lines;
    try {
      lines = Files.readAllLines(file);
    } catch (IOException e) {
      throw new ConfigurationException(
          "%s: expected texts in UTF-8, one a line, but %s".formatted(file, e));
    }
    Workload.TextSupply supply = overAndOver(read(file, lines));
    return new Workload(WorkloadKind.OWN, () -> supply);
  }

  /** Shuffles, as a file may be sorted, and contenders read different parts of it. */
  private static Workload.TextSupply overAndOver(List<BenchText> texts) {
    List<BenchText> shuffled = new ArrayList<>(texts);
    Collections.shuffle(shuffled, new Random(SEED));
    Queue<BenchText> queue = new ArrayDeque<>(shuffled);
    return () -> {
      BenchText text = queue.remove();
      queue.add(text);
      return text;
    };
  }

  private List<BenchText> read(Path file, List<String> lines) throws ConfigurationException {
    List<BenchText> texts = new ArrayList<>();
    List<String> problems = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      if (!lines.get(i).isBlank()) {
        try {
          texts.add(read(lines.get(i)));
        } catch (RejectedException e) {
          problems.add("%s:%d: %s".formatted(file, i + 1, e.getMessage()));
        }
      }
    }
    if (texts.isEmpty() && problems.isEmpty()) {
      problems.add(file + ": expected texts, one a line, found an empty file");
    }
    if (!problems.isEmpty()) {
      throw new ConfigurationException(problems);
    }
    return List.copyOf(texts);
  }

  private BenchText read(String line) throws RejectedException {
    TextPolicy.check(line);
    List<TokenizedWindow> windows = enricher.divide(line);
    int read = windows.get(windows.size() - 1).window().end();
    return new BenchText(line, read, windows.get(0).window().size());
  }
}
