package io.winnow.jobs.trial;

import io.winnow.jobs.evaluation.ModelIdentity;
import io.winnow.jobs.evaluation.Target;
import io.winnow.operators.config.ConfigurationException;
import io.winnow.operators.inference.InferenceException;
import io.winnow.operators.inference.LoadedModel;
import io.winnow.operators.model.BundleReader;
import io.winnow.operators.model.Head;
import io.winnow.operators.model.HeadOptions;
import io.winnow.operators.model.ModelBundle;
import io.winnow.operators.model.Task;
import io.winnow.operators.seal.GoldenCheck;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A bundle that is to be tried on a data set.
 *
 * @param folder folder of the bundle
 * @param options what a pipeline would ask of it, for whichever heads
 * @param bundle the bundle as a pipeline would have it, with all its heads
 */
public record Candidate(Path folder, HeadOptions options, ModelBundle bundle) {

  /**
   * Reads a bundle, with all heads: those that are not asked for have lines in data sets, too, and
   * the fingerprint is that of a pipeline that runs them all.
   */
  public static Candidate read(Path folder, HeadOptions options) throws ConfigurationException {
    HeadOptions ofAll =
        new HeadOptions(List.of(), options.topK(), options.minScore(), options.aggregation());
    return new Candidate(folder, ofAll, BundleReader.read(folder, ofAll));
  }

  public ModelIdentity identity() {
    return new ModelIdentity(bundle.name(), bundle.version(), bundle.fingerprint());
  }

  /** Returns the heads whose answers can be measured by labels. */
  public List<Target> targets() {
    return bundle.heads().stream().map(Target::of).flatMap(Optional::stream).toList();
  }

  /** Returns how its golden records are answered otherwise here than when it was sealed. */
  public Optional<String> goldenMismatch() throws ConfigurationException, InferenceException {
    if (bundle.seal().isEmpty()) {
      return Optional.empty();
    }
    try (LoadedModel model = TimedBundle.opened(bundle)) {
      return GoldenCheck.mismatch(bundle, model);
    }
  }

  /** Opens the bundle to be asked for some of its heads. */
  TimedBundle open(List<Target> asked) throws ConfigurationException, InferenceException {
    List<String> names = asked.stream().map(Target::head).toList();
    List<Head> reporting =
        bundle.heads().stream().filter(head -> names.contains(head.name())).toList();
    // With no threshold and no limit a head tells the scores of all its labels.
    @Nullable Integer topK = has(reporting, Task.TEXT_CLASSIFICATION) ? Integer.MAX_VALUE : null;
    HeadOptions everything =
        new HeadOptions(
            names,
            topK,
            0.0,
            has(reporting, Task.TOKEN_CLASSIFICATION) ? options.aggregation() : null);
    return TimedBundle.open(BundleReader.read(folder, everything), reporting);
  }

  private static boolean has(List<Head> heads, Task task) {
    return heads.stream().anyMatch(head -> head.task() == task);
  }
}
