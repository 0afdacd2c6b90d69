package io.winnow.jobs;

import io.winnow.jobs.pipeline.EnrichmentOptions;
import io.winnow.jobs.pipeline.Pipeline;
import io.winnow.jobs.pipeline.UnreachableException;
import io.winnow.operators.config.ConfigurationException;
import io.winnow.operators.flink.ModelReference;
import io.winnow.operators.flink.UnusableModelException;
import io.winnow.operators.inference.InferenceException;
import io.winnow.operators.inference.LoadedModel;
import io.winnow.operators.model.ModelBundle;
import io.winnow.operators.seal.GoldenCheck;
import io.winnow.operators.task.Enricher;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.flink.core.fs.UnsupportedFileSystemSchemeException;
import org.apache.flink.util.FileUtils;

/** Opens every bundle of a pipeline once, so that a broken one fails before a job starts. */
public final class BundleCheck {
  private BundleCheck() {}

  /**
   * Checks all bundles, and returns the pipeline with their fingerprints: every task manager, now
   * or after a failure, then takes these models and no others.
   *
   * @param warnings told of golden records that are answered otherwise, where the pipeline allows
   *     that
   * @throws UnreachableException with every problem, if a file system does not give a bundle
   * @throws ConfigurationException with every problem of every bundle
   */
  public static Pipeline check(Pipeline pipeline, Consumer<String> warnings)
      throws ConfigurationException {
    Map<String, String> fingerprints = new HashMap<>();
    List<String> problems = new ArrayList<>();
    boolean unreachable = false;
    for (EnrichmentOptions enrichment : pipeline.enrichments()) {
      try {
        ModelBundle bundle =
            open(
                pipeline,
                enrichment,
                warning -> warnings.accept(pipeline.secrets().hide(place(enrichment) + warning)));
        fingerprints.put(enrichment.name(), bundle.fingerprint());
      } catch (ConfigurationException e) {
        e.problems().forEach(problem -> problems.add(place(enrichment) + problem));
      } catch (IOException e) {
        problems.add(place(enrichment) + FileFailure.message(e));
        unreachable |= !isFinal(e);
      } catch (InferenceException e) {
        problems.add(place(enrichment) + e.getMessage());
      }
    }
    if (!problems.isEmpty()) {
      List<String> shown = problems.stream().map(pipeline.secrets()::hide).toList();
      throw UnreachableException.orRefusal(unreachable, shown);
    }
    return pipeline.withFingerprints(fingerprints);
  }

  /** Tells whether a file system would say the same the next time. */
  private static boolean isFinal(IOException failure) {
    return failure instanceof FileNotFoundException
        || failure instanceof NoSuchFileException
        || failure instanceof AccessDeniedException
        || failure instanceof UnsupportedFileSystemSchemeException
        || failure instanceof UnusableModelException;
  }

  /** Returns how a job finds the model of an enrichment. */
  static ModelReference model(Pipeline pipeline, EnrichmentOptions enrichment) {
    return new ModelReference(
        enrichment.model().toString(),
        pipeline.maxModelBytes(),
        enrichment.fingerprint(),
        pipeline.secrets());
  }

  /**
   * Returns the bundle of an enrichment, as a job would have it.
   *
   * @param temporary folder for the copy of one that is not on this file system
   */
  public static ModelBundle bundle(Pipeline pipeline, EnrichmentOptions enrichment, Path temporary)
      throws ConfigurationException, IOException {
    return model(pipeline, enrichment).read(enrichment.headOptions(), temporary);
  }

  private static ModelBundle open(
      Pipeline pipeline, EnrichmentOptions enrichment, Consumer<String> warnings)
      throws ConfigurationException, IOException, InferenceException {
    Path temporary = Files.createTempDirectory("winnow-check-");
    try {
      ModelBundle bundle = bundle(pipeline, enrichment, temporary);
      enrichment.batching().require(bundle);
      try (LoadedModel model = LoadedModel.open(bundle)) {
        new Enricher(bundle, model).warmUp();
        Optional<String> mismatch = GoldenCheck.mismatch(bundle, model);
        if (mismatch.isPresent()) {
          enrichment.goldenRecords().apply(mismatch.get(), warnings);
        }
      }
      return bundle;
    } finally {
      FileUtils.deleteDirectoryQuietly(temporary.toFile());
    }
  }

  private static String place(EnrichmentOptions enrichment) {
    return "enrichment '" + enrichment.name() + "': ";
  }
}
