package io.winnow.jobs.replay;

import io.winnow.operators.config.ConfigurationException;
import io.winnow.operators.model.AtomicFile;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The folder of a replay: its plan, how far it came, its checkpoints or its job on a cluster, and a
 * lock that lives as long as the process that works on it. Who opens it closes it.
 */
public final class ReplayFolder implements AutoCloseable {
  static final String PLAN = "plan.json";
  private static final String PROGRESS = "progress.json";
  private static final String CLUSTER = "cluster.json";
  private static final String LOCK = "lock";
  private static final String CHECKPOINTS = "checkpoints";

  private final Path folder;
  private final ReplayPlan plan;
  private final FileChannel lock;

  private ReplayFolder(Path folder, ReplayPlan plan, FileChannel lock) {
    this.folder = folder;
    this.plan = plan;
    this.lock = lock;
  }

  /** Makes the folder of a new replay. */
  static ReplayFolder create(Path folder, ReplayPlan plan)
      throws ConfigurationException, IOException {
    Files.createDirectories(folder.resolve(CHECKPOINTS));
    FileChannel lock = lock(folder, plan.id());
    ReplayFolder created = new ReplayFolder(folder, plan, lock);
    created.write(ReplayProgress.NONE);
    AtomicFile.write(folder.resolve(PLAN), ReplayJson.write(plan)); // without it there is none
    return created;
  }

  /**
   * Opens the folder of a replay to go on with it.
   *
   * @throws ConfigurationException if a process works on it
   */
  static ReplayFolder open(Path folder) throws ConfigurationException, IOException {
    ReplayPlan plan = plan(folder);
    return new ReplayFolder(folder, plan, lock(folder, plan.id()));
  }

  /** Opens the folder of a replay; empty if a process works on it. */
  static Optional<ReplayFolder> openIfFree(Path folder) throws IOException {
    ReplayPlan plan = plan(folder);
    return lockIfFree(folder).map(lock -> new ReplayFolder(folder, plan, lock));
  }

  static ReplayPlan plan(Path folder) throws IOException {
    return ReplayJson.read(folder.resolve(PLAN), ReplayPlan.class);
  }

  /** Returns how far a replay came, whoever works on it; on a cluster, as far as was seen. */
  static ReplayProgress progress(Path folder) throws IOException {
    ReplayProgress progress = ReplayJson.read(folder.resolve(PROGRESS), ReplayProgress.class);
    boolean gone =
        progress.state() == ReplayState.RUNNING && cluster(folder).isEmpty() && !isLocked(folder);
    return gone ? progress.as(ReplayState.STOPPED) : progress;
  }

  /** Returns the job of a replay on a cluster; empty for one in a process of its own. */
  static Optional<ClusterJob> cluster(Path folder) throws IOException {
    Path file = folder.resolve(CLUSTER);
    return Files.exists(file)
        ? Optional.of(ReplayJson.read(file, ClusterJob.class))
        : Optional.empty();
  }

  public ReplayPlan plan() {
    return plan;
  }

  public ReplayProgress progress() throws IOException {
    return ReplayJson.read(folder.resolve(PROGRESS), ReplayProgress.class);
  }

  public void write(ReplayProgress progress) throws IOException {
    AtomicFile.write(folder.resolve(PROGRESS), ReplayJson.write(progress));
  }

  /** Returns its job on a cluster; empty for a replay in a process of its own. */
  public Optional<ClusterJob> cluster() throws IOException {
    return cluster(folder);
  }

  public void write(ClusterJob job) throws IOException {
    AtomicFile.write(folder.resolve(CLUSTER), ReplayJson.write(job));
  }

  /** Keeps what was seen: the job last, since one that is known to have ended is not asked for. */
  public void write(ReplayProgress progress, ClusterJob job) throws IOException {
    write(progress);
    write(job);
  }

  public Path checkpoints() {
    return folder.resolve(CHECKPOINTS);
  }

  private static FileChannel lock(Path folder, String id)
      throws ConfigurationException, IOException {
    return lockIfFree(folder)
        .orElseThrow(
            () ->
                new ConfigurationException(
                    "Expected a replay that nobody works on, but a process works on %s; wait for its end, or stop it"
                        .formatted(id)));
  }

  private static Optional<FileChannel> lockIfFree(Path folder) throws IOException {
    FileChannel channel = channel(folder);
    if (tryLock(channel) == null) {
      channel.close();
      return Optional.empty();
    }
    return Optional.of(channel);
  }

  private static boolean isLocked(Path folder) throws IOException {
    try (FileChannel channel = channel(folder)) {
      return tryLock(channel) == null;
    }
  }

  private static FileChannel channel(Path folder) throws IOException {
    return FileChannel.open(
        folder.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) { // this process has it
      return null;
    }
  }

  @Override
  public void close() throws IOException {
    lock.close();
  }
}
