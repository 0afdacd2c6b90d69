package io.winnow.operators;

import io.winnow.operators.inference.LoadedModel;
import io.winnow.operators.inference.Logits;
import io.winnow.operators.inference.SessionRunner;
import io.winnow.operators.model.BundleReader;
import io.winnow.operators.model.Head;
import io.winnow.operators.model.HeadOptions;
import io.winnow.operators.model.ModelBundle;
import io.winnow.operators.task.EnrichedText;
import io.winnow.operators.task.Enricher;
import io.winnow.operators.text.TokenizedText;
import io.winnow.operators.text.Window;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What a text costs: its tokens, the forward pass, and all of it with the answer. {@code enrich}
 * less the other two is what we add; {@code -prof gc} tells the bytes that each allocates.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class EnricherBenchmark {
  private static final String SENTENCE = "I still wait for the card that I ordered in Leeds. ";

  @Param("../deploy/models/support")
  public String model;

  @Param({"1", "3", "9"}) // 12, 36 and 108 tokens
  public int sentences;

  private LoadedModel loaded;
  private Enricher enricher;
  private SessionRunner runner;
  private Set<String> outputs;
  private String text;
  private TokenizedText tokenized;

  @Setup
  public void open() throws Exception {
    ModelBundle bundle = BundleReader.read(Path.of(model), HeadOptions.NONE);
    loaded = LoadedModel.open(bundle);
    enricher = new Enricher(bundle, loaded);
    runner = loaded.session().newRunner();
    outputs = bundle.heads().stream().map(Head::output).collect(Collectors.toSet());
    text = SENTENCE.repeat(sentences);
    tokenized = loaded.tokenizer().tokenize(text);
  }

  @TearDown
  public void close() {
    loaded.close();
  }

  @Benchmark
  public TokenizedText tokenize() throws Exception {
    return loaded.tokenizer().tokenize(text);
  }

  @Benchmark
  public Map<String, Logits> run() throws Exception {
    return runner.run(tokenized, new Window(0, tokenized.size()), outputs);
  }

  @Benchmark
  public EnrichedText enrich() throws Exception {
    return enricher.enrich(text);
  }
}
