package io.winnow.deploy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The folders and the environment of the image, made as its Dockerfile says.
 *
 * <p>It stands on Flink's own jars as Maven has them, which are those of the image it is from.
 */
record Image(Path root, Map<String, String> environment) {
  private static final Path FLINK = Launcher.ROOT.resolve("deploy/target/flink");

  /** Makes it in a folder that is not there yet. */
  static Image make(Path root) throws IOException {
    Dockerfile dockerfile = Dockerfile.read();
    dockerfile.copyTo(root);
    Path lib = root.resolve("opt/flink/lib");
    try (Stream<Path> jars = Files.list(FLINK.resolve("lib"))) {
      for (Path jar : jars.filter(jar -> isFlinks(jar, dockerfile)).toList()) {
        Files.createSymbolicLink(lib.resolve(jar.getFileName()), jar);
      }
    }
    Map<String, String> environment = new HashMap<>(dockerfile.environment());
    environment.put("FLINK_LIB_DIR", lib.toString()); // by Flink's scripts
    return new Image(root, environment);
  }

  /** What no instruction copies is of the image below. */
  private static boolean isFlinks(Path jar, Dockerfile dockerfile) {
    return dockerfile.copies().stream()
        .flatMap(copy -> copy.sources().stream())
        .map(source -> jar.getFileSystem().getPathMatcher("glob:" + Launcher.ROOT.resolve(source)))
        .noneMatch(copied -> copied.matches(jar));
  }

  /** Starts the processes of a cluster again with the image's files in place of the build's. */
  void host(ClusterProcesses cluster, List<String> processes)
      throws IOException, InterruptedException {
    for (String process : processes) {
      cluster.restart(
          process, arguments -> arguments.replace(FLINK + "/lib", root + "/opt/flink/lib"));
    }
  }

  /** Returns the shipped model in it. */
  Path model() {
    return root.resolve("opt/flink/models/support");
  }
}
