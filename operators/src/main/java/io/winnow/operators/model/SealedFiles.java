package io.winnow.operators.model;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The files of a bundle that decide its answers, and whether they are those that were sealed. */
final class SealedFiles {
  private static final List<String> BESIDE_THE_GRAPH =
      List.of("tokenizer.json", "config.json", "tokenizer_config.json", Seal.GOLDEN_RECORDS);

  private static final int DIGITS_SHOWN = 12;
  private static final String CURE = "copy it again, or seal it anew with 'winnow seal'";

  private final Path folder;
  private final FileDigests digests;

  SealedFiles(Path folder, FileDigests digests) {
    this.folder = folder;
    this.digests = digests;
  }

  /** Returns the files that decide answers, by their path in the bundle. */
  SortedMap<String, Path> deciding(Path graphFile, OnnxGraph graph) {
    SortedMap<String, Path> files = new TreeMap<>();
    add(files, graphFile);
    graph.externalFiles().forEach(external -> add(files, graphFile.resolveSibling(external)));
    BESIDE_THE_GRAPH.forEach(name -> add(files, folder.resolve(name)));
    return files;
  }

  private void add(SortedMap<String, Path> files, Path file) {
    if (Files.isRegularFile(file)) {
      String inFolder = absolute(folder).relativize(absolute(file)).toString();
      files.put(inFolder.replace(File.separatorChar, '/'), file);
    }
  }

  /** Returns the digest of each file that decides answers. */
  SortedMap<String, String> sealed(Path graphFile, OnnxGraph graph) throws IOException {
    SortedMap<String, String> sealed = new TreeMap<>();
    for (Map.Entry<String, Path> file : deciding(graphFile, graph).entrySet()) {
      sealed.put(file.getKey(), digests.of(file.getValue()));
    }
    return sealed;
  }

  /** Notes a problem for each file that is not as it was sealed. */
  void check(Seal seal, BundleFiles.Graph graph, List<String> problems) {
    seal.files().forEach((name, digest) -> checkFile(name, digest, problems));
    OnnxGraph content = graph.content();
    if (content == null) {
      return;
    }
    for (Map.Entry<String, Path> file : deciding(graph.file(), content).entrySet()) {
      if (!seal.files().containsKey(file.getKey())) {
        problems.add(
            "%s decides answers, but was not there when the bundle was sealed; delete it, or seal the bundle anew with 'winnow seal'"
                .formatted(file.getValue()));
      }
    }
  }

  private void checkFile(String name, String expected, List<String> problems) {
    Path file = inside(name);
    if (file == null) {
      problems.add(
          "%s: seal.sha256 names %s, which is no file of the bundle; seal it anew with 'winnow seal'"
              .formatted(folder.resolve(BundleSettings.FILE), name));
    } else if (!Files.isRegularFile(file)) {
      problems.add(
          "Expected %s with SHA-256 %s as it was sealed, found nothing; %s"
              .formatted(file, shown(expected), CURE));
    } else {
      checkDigest(file, expected, problems);
    }
  }

  private void checkDigest(Path file, String expected, List<String> problems) {
    try {
      String found = digests.of(file);
      if (!found.equals(expected)) {
        problems.add(
            "Expected %s with SHA-256 %s as it was sealed, found %s; %s"
                .formatted(file, shown(expected), shown(found), CURE));
      }
    } catch (IOException e) {
      problems.add("Expected to read %s, but %s".formatted(file, e));
    }
  }

  /** Returns where a sealed file lies; null outside of the bundle. */
  private @Nullable Path inside(String name) {
    try {
      Path file = folder.resolve(name);
      return absolute(file).startsWith(absolute(folder)) ? file : null;
    } catch (InvalidPathException e) {
      return null;
    }
  }

  private static Path absolute(Path file) {
    return file.toAbsolutePath().normalize();
  }

  private static String shown(String digest) {
    return digest.substring(0, DIGITS_SHOWN) + "...";
  }
}
