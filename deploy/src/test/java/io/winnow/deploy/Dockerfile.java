package io.winnow.deploy;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What {@code deploy/docker/Dockerfile} says, a line for each instruction. */
record Dockerfile(String instructions) {

  /** A {@code COPY}: its sources, from Winnow's root, may be globs. */
  record Copy(List<String> sources, String target) {}

  static Dockerfile read() throws IOException {
    Path file = Launcher.ROOT.resolve("deploy/docker/Dockerfile");
    return new Dockerfile(Files.readString(file).replaceAll("\\\\\\R *", ""));
  }

  /**
   * Returns the group of each place that a pattern finds; {@code ^} and {@code $} are of a line.
   */
  List<String> groups(String pattern) {
    return Pattern.compile(pattern, Pattern.MULTILINE)
        .matcher(instructions)
        .results()
        .map((MatchResult match) -> match.group(1))
        .toList();
  }

  List<Copy> copies() {
    return groups("^COPY (.+)$").stream()
        .map(words -> Arrays.asList(words.split(" +")))
        .map(
            words -> {
              int last = words.size() - 1;
              return new Copy(words.subList(0, last), words.get(last));
            })
        .toList();
  }

  Map<String, String> environment() {
    return groups("^ENV (.+)$").stream()
        .flatMap(words -> Arrays.stream(words.split(" +")))
        .map(setting -> setting.split("=", 2))
        .collect(Collectors.toMap(setting -> setting[0], setting -> setting[1]));
  }

  /**
   * Copies as the instructions say.
   *
   * @param root the folder that stands for the image's root
   */
  void copyTo(Path root) throws IOException {
    for (Copy copy : copies()) {
      Path target = root.resolve(copy.target().substring(1));
      for (String glob : copy.sources()) {
        Path source = Launcher.ROOT.resolve(glob);
        if (Files.isDirectory(source)) {
          Models.copy(source, target);
        } else {
          copyMatches(source, Files.createDirectories(target));
        }
      }
    }
  }

  private static void copyMatches(Path glob, Path target) throws IOException {
    try (DirectoryStream<Path> files =
        Files.newDirectoryStream(glob.getParent(), glob.getFileName().toString())) {
      for (Path file : files) {
        Files.copy(file, target.resolve(file.getFileName()));
      }
    }
  }
}
