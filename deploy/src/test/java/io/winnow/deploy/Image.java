package io.winnow.deploy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The folders and the environment of the image, made as its Dockerfile says.
 *
 * <p>It stands on Flink's own jars as Maven has them, which are those of the image it is from.
 */
record Image(Path root, Map<String, String> environment) {
  /** Makes it in a folder that is not there yet. */
  static Image make(Path root) throws IOException {
    Dockerfile dockerfile = Dockerfile.read();
    dockerfile.copyTo(root);
    Path lib = root.resolve("opt/flink/lib");
    try (Stream<Path> jars = Files.list(Launcher.FLINK.resolve("lib"))) {
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

  /** Has a process of a cluster start from the image, not from the build, the next time. */
  void host(ClusterProcesses cluster, String process) throws IOException {
    cluster.edit(
        process, arguments -> arguments.replace(Launcher.FLINK + "/lib", root + "/opt/flink/lib"));
  }

  /** Returns the shipped model in it. */
  Path model() {
    return root.resolve("opt/flink/models/support");
  }
}
