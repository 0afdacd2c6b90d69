package io.winnow.jobs.cli;

import io.winnow.jobs.BundleCheck;
import io.winnow.jobs.display.Palette;
import io.winnow.jobs.display.PlanPrinter;
import io.winnow.jobs.display.Progress;
import io.winnow.jobs.kafka.ReplayBroker;
import io.winnow.jobs.kafka.TopicCheck;
import io.winnow.jobs.pipeline.EnrichmentOptions;
import io.winnow.jobs.pipeline.Pipeline;
import io.winnow.jobs.plan.Capacity;
import io.winnow.jobs.plan.CapacityTrial;
import io.winnow.jobs.plan.Demand;
import io.winnow.jobs.plan.ModelMemory;
import io.winnow.jobs.plan.Plan;
import io.winnow.jobs.plan.SampleFile;
import io.winnow.jobs.plan.TextSample;
import io.winnow.jobs.plan.TopicSampler;
import io.winnow.jobs.replay.Bounds;
import io.winnow.jobs.replay.PartitionRange;
import io.winnow.jobs.replay.RangeResolver;
import io.winnow.jobs.replay.ReplayRange;
import io.winnow.jobs.replay.TopicFacts;
import io.winnow.jobs.report.PlanJson;
import io.winnow.operators.config.ConfigurationException;
import io.winnow.operators.inference.InferenceException;
import io.winnow.operators.inference.LoadedModel;
import io.winnow.operators.model.ModelBundle;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.apache.flink.util.FileUtils;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Tells what a pipeline needs, from a sample of its texts and a measurement on this machine. */
@Command(
    name = "plan",
    description = "Tells how many cores, task managers and hours a pipeline needs.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "It looks at some records of the pipeline's topic, runs their texts through the models for",
      "half a minute with all cores, and counts up. It writes nothing and commits no offsets.",
      "",
      "Examples:",
      "  winnow plan pipeline.yaml --rate 5000",
      "  winnow plan pipeline.yaml --backfill -90d..now --parallelism 32",
      "  winnow plan pipeline.yaml --texts messages.txt"
    })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class PlanVerb implements Callable<Integer> {
  private static final Duration PATIENCE = RunVerb.BROKER_PATIENCE;

  @Spec CommandSpec spec;

  @Mixin PipelineArgument argument;

  @Mixin PlanOptions options;

  @Option(names = "--json", description = "Print the plan as one JSON object.")
  boolean json;

  @Override
  public Integer call() throws Exception {
    options.check();
    Pipeline pipeline = argument.checked();
    TextSample sample;
    Demand.Backfill backfill = null;
    if (options.texts != null) {
      sample = SampleFile.read(options.texts, options.sample, pipeline.maxCharacters());
    } else {
      int partitions = partitions(pipeline);
      try (ReplayBroker broker = ReplayBroker.connect(pipeline, PATIENCE)) {
        backfill = backfill(pipeline, broker, partitions);
        List<PartitionRange> whole = whole(pipeline, broker, partitions);
        sample = new TopicSampler(pipeline, whole, options.sample, PATIENCE).read();
      }
    }
    if (sample.texts().isEmpty()) {
      throw new ConfigurationException(
          "Expected texts in %s, found none that a model can read in %d records"
              .formatted(sample.origin(), sample.read()));
    }
    show(plan(pipeline, sample, backfill));
    return 0;
  }

  private static int partitions(Pipeline pipeline)
      throws ConfigurationException, InterruptedException {
    String place = "source.topic";
    Map<String, String> topic = Map.of(place, pipeline.source().topic());
    return Objects.requireNonNull(TopicCheck.partitions(pipeline, topic, PATIENCE).get(place));
  }

  private Demand.@Nullable Backfill backfill(Pipeline pipeline, ReplayBroker broker, int partitions)
      throws ConfigurationException, IOException, InterruptedException {
    if (options.backfill == null) {
      return null;
    }
    Bounds bounds = Bounds.readRange("--backfill", options.backfill, Instant.now());
    TopicFacts facts = broker.facts(pipeline.source().topic(), partitions, bounds);
    try {
      ReplayRange range = RangeResolver.resolve(facts, bounds);
      return new Demand.Backfill(range.partitions(), options.parallelism(pipeline));
    } catch (ConfigurationException e) { // the name of the topic may come from the environment
      throw pipeline.secrets().hidden(e);
    }
  }

  private static List<PartitionRange> whole(Pipeline pipeline, ReplayBroker broker, int partitions)
      throws ConfigurationException, IOException, InterruptedException {
    TopicFacts facts = broker.facts(pipeline.source().topic(), partitions, Bounds.ALL);
    List<PartitionRange> ranges = RangeResolver.ranges(facts, Bounds.ALL);
    if (ranges.isEmpty()) {
      throw new ConfigurationException(
          pipeline
              .secrets()
              .hide("Expected records in topic '%s', found none".formatted(facts.topic())));
    }
    return ranges;
  }

  private Plan plan(Pipeline pipeline, TextSample sample, Demand.@Nullable Backfill backfill)
      throws Exception {
    Path temporary = Files.createTempDirectory("winnow-plan-");
    List<CapacityTrial.Model> models = new ArrayList<>();
    try {
      ModelMemory memory = new ModelMemory();
      for (EnrichmentOptions enrichment : pipeline.enrichments()) {
        ModelBundle bundle = BundleCheck.bundle(pipeline, enrichment, temporary);
        models.add(opened(bundle, enrichment));
        memory.add(bundle, enrichment.batching());
      }
      int cores = Runtime.getRuntime().availableProcessors();
      CapacityTrial trial = new CapacityTrial(models, sample.texts(), cores);
      Capacity capacity;
      try (Progress progress = Progress.of("Measuring", options.seconds)) {
        capacity = trial.run(Duration.ofSeconds(options.seconds), progress::step);
      }
      Demand demand =
          new Demand(
              (1 - sample.rejected()) / capacity.eventsPerCore(),
              pipeline.answerCacheBytes() == 0 ? 0 : sample.repeated(),
              options.headRoom / 100.0,
              options.slots,
              memory.bytes(options.slots),
              options.rate,
              backfill);
      String name = pipeline.secrets().hide(pipeline.name());
      return new Plan(name, sample, trial.tokens(), capacity, demand);
    } finally {
      models.forEach(model -> model.loaded().close());
      FileUtils.deleteDirectoryQuietly(temporary.toFile());
    }
  }

  private static CapacityTrial.Model opened(ModelBundle bundle, EnrichmentOptions enrichment)
      throws IOException, InferenceException {
    return new CapacityTrial.Model(bundle, LoadedModel.open(bundle), enrichment.batching());
  }

  private void show(Plan plan) {
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(PlanJson.of(plan));
    } else {
      new PlanPrinter(out, Palette.of(Ansi.AUTO)).print(plan);
    }
  }
}
