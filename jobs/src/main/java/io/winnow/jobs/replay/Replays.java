package io.winnow.jobs.replay;

import io.winnow.operators.config.ConfigurationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The replays that this machine knows of.
 *
 * @param root has a folder for each
 */
public record Replays(Path root) {
  /** A replay and how far it came. */
  public record Entry(ReplayPlan plan, ReplayProgress progress) {}

  public ReplayFolder create(ReplayPlan plan) throws ConfigurationException, IOException {
    return ReplayFolder.create(root.resolve(plan.id()), plan);
  }

  /**
   * Opens a replay to go on with it.
   *
   * @throws ConfigurationException if there is none of that id, or a process works on it
   */
  public ReplayFolder open(String id) throws ConfigurationException, IOException {
    Path folder = root.resolve(ReplayId.checked(id));
    if (!isReplay(folder)) {
      throw new ConfigurationException(
          "--resume: there is no replay %s in %s; 'winnow replays' lists them".formatted(id, root));
    }
    return ReplayFolder.open(folder);
  }

  /** Returns them all, the oldest first. */
  public List<Entry> list() throws IOException {
    if (!Files.isDirectory(root)) {
      return List.of();
    }
    List<Entry> entries = new ArrayList<>();
    try (Stream<Path> folders = Files.list(root)) {
      for (Path folder : folders.filter(Replays::isReplay).sorted().toList()) {
        entries.add(new Entry(ReplayFolder.plan(folder), ReplayFolder.progress(folder)));
      }
    }
    return entries;
  }

  private static boolean isReplay(Path folder) {
    return ReplayId.isOne(folder.getFileName().toString())
        && Files.isRegularFile(folder.resolve(ReplayFolder.PLAN));
  }
}
