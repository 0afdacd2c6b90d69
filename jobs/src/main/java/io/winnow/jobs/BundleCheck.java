package io.winnow.jobs;

import io.winnow.jobs.pipeline.EnrichmentOptions;
import io.winnow.jobs.pipeline.Pipeline;
import io.winnow.operators.config.ConfigurationException;
import io.winnow.operators.flink.BundleFolder;
import io.winnow.operators.inference.InferenceException;
import io.winnow.operators.inference.LoadedModel;
import io.winnow.operators.model.BundleReader;
import io.winnow.operators.model.ModelBundle;
import io.winnow.operators.task.Enricher;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.util.FileUtils;

/** Opens every bundle of a pipeline once, so that a broken one fails before a job starts. */
public final class BundleCheck {
  private BundleCheck() {}

  /**
   * Checks all bundles.
   *
   * @throws ConfigurationException with every problem of every bundle
   */
  public static void check(Pipeline pipeline) throws ConfigurationException {
    List<String> problems = problems(pipeline);
    if (!problems.isEmpty()) {
      throw new ConfigurationException(problems);
    }
  }

  /** Returns every problem of every bundle; empty if there is none. */
  public static List<String> problems(Pipeline pipeline) {
    List<String> problems = new ArrayList<>();
    for (EnrichmentOptions enrichment : pipeline.enrichments()) {
      try {
        open(enrichment);
      } catch (ConfigurationException e) {
        e.problems().forEach(problem -> problems.add(place(enrichment) + problem));
      } catch (IOException | InferenceException e) {
        problems.add(place(enrichment) + e.getMessage());
      }
    }
    return problems.stream().map(pipeline.secrets()::hide).toList();
  }

  private static void open(EnrichmentOptions enrichment)
      throws ConfigurationException, IOException, InferenceException {
    Path temporary = Files.createTempDirectory("winnow-check-");
    try {
      Path folder = BundleFolder.local(enrichment.model().toString(), temporary);
      ModelBundle bundle = BundleReader.read(folder, enrichment.headOptions());
      try (LoadedModel model = LoadedModel.open(bundle)) {
        new Enricher(bundle, model).warmUp();
      }
    } finally {
      FileUtils.deleteDirectoryQuietly(temporary.toFile());
    }
  }

  private static String place(EnrichmentOptions enrichment) {
    return "enrichment '" + enrichment.name() + "': ";
  }
}
