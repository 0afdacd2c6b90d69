package io.winnow.jobs.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.winnow.operators.flink.Batching;
import io.winnow.operators.inference.LoadedModel;
import io.winnow.operators.model.BundleReader;
import io.winnow.operators.model.HeadOptions;
import io.winnow.operators.model.ModelBundle;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CapacityTrialTest {
  private static final Path MODEL = Path.of("../operators/src/test/resources/parity/bert-text");
  private static final int MORE_THAN_READ = 500_000; // in the time of a trial

  static Stream<Batching> batchings() {
    return Stream.of(Batching.EXACT, Batching.sorted(Batching.DEFAULT_WAIT));
  }

  @ParameterizedTest
  @MethodSource("batchings")
  void eachModelReadsEachText(Batching batching) throws Exception {
    ModelBundle bundle = BundleReader.read(MODEL, HeadOptions.NONE);
    AtomicInteger seconds = new AtomicInteger();
    try (LoadedModel loaded = LoadedModel.open(bundle)) {
      CapacityTrial.Model model = new CapacityTrial.Model(bundle, loaded, batching);
      CapacityTrial trial =
          new CapacityTrial(List.of(model, model), List.of("Paris", "Anna met Tim"), 2);

      Capacity found = trial.run(Duration.ofSeconds(1), seconds::incrementAndGet);

      assertThat(found.cores()).isEqualTo(2);
      assertThat(found.eventsPerSecond()).isPositive();
      assertThat(found.failed()).isZero();
      assertThat(seconds).hasValue(1);
      double tokensOfAnEvent = 2 * trial.tokens().mean();
      assertThat(found.tokensPerSecond() / found.eventsPerSecond())
          .isEqualTo(tokensOfAnEvent, within(0.1 * tokensOfAnEvent));
    }
  }

  @Test
  void aModelThatReadsPartOfASortedSampleReadsAllLengths() throws Exception {
    ModelBundle bundle = BundleReader.read(MODEL, HeadOptions.NONE);
    List<String> lengths = List.of("Paris", "Anna met Tim in Paris and in Rome");
    List<String> sorted = new ArrayList<>();
    lengths.forEach(text -> sorted.addAll(Collections.nCopies(MORE_THAN_READ, text)));
    try (LoadedModel loaded = LoadedModel.open(bundle)) {
      List<CapacityTrial.Model> models =
          List.of(new CapacityTrial.Model(bundle, loaded, Batching.EXACT));
      double mean = new CapacityTrial(models, lengths, 1).tokens().mean();

      Capacity found = new CapacityTrial(models, sorted, 1).run(Duration.ofSeconds(1), () -> {});

      assertThat(found.tokensPerSecond() / found.eventsPerSecond())
          .isEqualTo(mean, within(0.1 * mean));
    }
  }
}
