package io.winnow.jobs.replay;

import io.winnow.operators.config.ConfigurationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The replays that this machine knows of.
 *
 * @param root has a folder for each
 */
public record Replays(Path root) {
  /**
   * A replay and how far it came.
   *
   * @param job its job; null for a replay in a process of its own
   */
  public record Entry(ReplayPlan plan, ReplayProgress progress, @Nullable ClusterJob job) {}

  public ReplayFolder create(ReplayPlan plan) throws ConfigurationException, IOException {
    return ReplayFolder.create(root.resolve(plan.id()), plan);
  }

  /**
   * Opens a replay to go on with it.
   *
   * @throws ConfigurationException if there is none of that id, or a process works on it
   */
  public ReplayFolder open(String id) throws ConfigurationException, IOException {
    return ReplayFolder.open(folder("--resume", id));
  }

  /**
   * Returns a replay, whoever works on it.
   *
   * @throws ConfigurationException if there is none of that id
   */
  public Entry entry(String id) throws ConfigurationException, IOException {
    return entry(folder("ID", id));
  }

  /**
   * Keeps what was seen of the job of a replay, if nobody works on it: who does keeps that, too,
   * and it may have got another job meanwhile.
   */
  public void keep(String id, ClusterJob seen, ReplayProgress progress)
      throws ConfigurationException, IOException {
    Optional<ReplayFolder> free = ReplayFolder.openIfFree(folder("ID", id));
    if (free.isEmpty()) {
      return;
    }
    try (ReplayFolder folder = free.get()) {
      Optional<ClusterJob> now = folder.cluster();
      if (now.filter(job -> job.id().equals(seen.id()) && !job.ended()).isPresent()) {
        folder.write(progress, seen);
      }
    }
  }

  private Path folder(String where, String id) throws ConfigurationException {
    Path folder = root.resolve(ReplayId.checked(where, id));
    if (!isReplay(folder)) {
      throw new ConfigurationException(
          "%s: there is no replay %s in %s; 'winnow replays' lists them"
              .formatted(where, id, root));
    }
    return folder;
  }

  /** Returns them all, the oldest first. */
  public List<Entry> list() throws IOException {
    if (!Files.isDirectory(root)) {
      return List.of();
    }
    List<Entry> entries = new ArrayList<>();
    try (Stream<Path> folders = Files.list(root)) {
      for (Path folder : folders.filter(Replays::isReplay).sorted().toList()) {
        entries.add(entry(folder));
      }
    }
    return entries;
  }

  private static Entry entry(Path folder) throws IOException {
    ClusterJob job = ReplayFolder.cluster(folder).orElse(null); // first: its end comes last
    return new Entry(ReplayFolder.plan(folder), ReplayFolder.progress(folder), job);
  }

  private static boolean isReplay(Path folder) {
    return ReplayId.isOne(folder.getFileName().toString())
        && Files.isRegularFile(folder.resolve(ReplayFolder.PLAN));
  }
}
