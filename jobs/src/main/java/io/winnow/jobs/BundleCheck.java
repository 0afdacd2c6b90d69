package io.winnow.jobs;

import io.winnow.jobs.pipeline.EnrichmentOptions;
import io.winnow.jobs.pipeline.Pipeline;
import io.winnow.operators.config.ConfigurationException;
import io.winnow.operators.flink.BundleFolder;
import io.winnow.operators.inference.InferenceException;
import io.winnow.operators.inference.LoadedModel;
import io.winnow.operators.model.BundleReader;
import io.winnow.operators.model.ModelBundle;
import io.winnow.operators.seal.GoldenCheck;
import io.winnow.operators.task.Enricher;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.flink.util.FileUtils;

/** Opens every bundle of a pipeline once, so that a broken one fails before a job starts. */
public final class BundleCheck {
  private BundleCheck() {}

  /**
   * Checks all bundles.
   *
   * @param warnings told of golden records that are answered otherwise, where the pipeline allows
   *     that
   * @throws ConfigurationException with every problem of every bundle
   */
  public static void check(Pipeline pipeline, Consumer<String> warnings)
      throws ConfigurationException {
    List<String> problems = problems(pipeline, warnings);
    if (!problems.isEmpty()) {
      throw new ConfigurationException(problems);
    }
  }

  /** Returns every problem of every bundle; empty if there is none. */
  public static List<String> problems(Pipeline pipeline, Consumer<String> warnings) {
    List<String> problems = new ArrayList<>();
    for (EnrichmentOptions enrichment : pipeline.enrichments()) {
      try {
        open(enrichment, warning -> warnings.accept(place(enrichment) + warning));
      } catch (ConfigurationException e) {
        e.problems().forEach(problem -> problems.add(place(enrichment) + problem));
      } catch (IOException | InferenceException e) {
        problems.add(place(enrichment) + e.getMessage());
      }
    }
    return problems.stream().map(pipeline.secrets()::hide).toList();
  }

  private static void open(EnrichmentOptions enrichment, Consumer<String> warnings)
      throws ConfigurationException, IOException, InferenceException {
    Path temporary = Files.createTempDirectory("winnow-check-");
    try {
      Path folder = BundleFolder.local(enrichment.model().toString(), temporary);
      ModelBundle bundle = BundleReader.read(folder, enrichment.headOptions());
      try (LoadedModel model = LoadedModel.open(bundle)) {
        new Enricher(bundle, model).warmUp();
        Optional<String> mismatch = GoldenCheck.mismatch(bundle, model);
        if (mismatch.isPresent()) {
          enrichment.goldenRecords().apply(mismatch.get(), warnings);
        }
      }
    } finally {
      FileUtils.deleteDirectoryQuietly(temporary.toFile());
    }
  }

  private static String place(EnrichmentOptions enrichment) {
    return "enrichment '" + enrichment.name() + "': ";
  }
}
