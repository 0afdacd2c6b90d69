package io.winnow.deploy;

import java.io.IOException;
import java.nio.file.Path;
import org.apache.flink.util.FileUtils;

/** Folders of models. */
final class Models {
  static final Path SHIPPED = Launcher.ROOT.resolve("deploy/models/support");

  /** Has the same parts and next to nothing to compute, so that many records take minutes. */
  static final Path SMALL = Launcher.ROOT.resolve("operators/src/test/resources/parity/bert-text");

  private Models() {}

  /** Copies a model into a new folder. */
  static void copy(Path model, Path to) throws IOException {
    FileUtils.copy(flinkPath(model), flinkPath(to), false);
  }

  private static org.apache.flink.core.fs.Path flinkPath(Path path) {
    return new org.apache.flink.core.fs.Path(path.toUri());
  }
}
