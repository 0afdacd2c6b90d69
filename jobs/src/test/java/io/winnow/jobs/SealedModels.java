package io.winnow.jobs;

import io.winnow.operators.seal.Sealer;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.flink.util.FileUtils;

/** Sealed copies of models. */
public final class SealedModels {
  private SealedModels() {}

  /** Copies a model into a new folder and seals it there. */
  public static Path copy(Path model, Path to) throws Exception {
    FileUtils.copy(flinkPath(model), flinkPath(to), false);
    new Sealer(to, Optional.of(List.of("Anna", "Anna met Tim")), Optional.empty()).seal();
    return to;
  }

  private static org.apache.flink.core.fs.Path flinkPath(Path path) {
    return new org.apache.flink.core.fs.Path(path.toUri());
  }
}
