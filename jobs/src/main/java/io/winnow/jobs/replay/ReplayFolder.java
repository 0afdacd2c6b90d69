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
import org.jspecify.annotations.Nullable;

/**
 * The folder of a replay: its plan, how far it came, its checkpoints, and a lock that lives as long
 * as the process that works on it. Who opens it closes it.
 */
public final class ReplayFolder implements AutoCloseable {
  static final String PLAN = "plan.json";
  private static final String PROGRESS = "progress.json";
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

  static ReplayPlan plan(Path folder) throws IOException {
    return ReplayJson.read(folder.resolve(PLAN), ReplayPlan.class);
  }

  /** Returns how far a replay came, whoever works on it. */
  static ReplayProgress progress(Path folder) throws IOException {
    ReplayProgress progress = ReplayJson.read(folder.resolve(PROGRESS), ReplayProgress.class);
    return progress.state() == ReplayState.RUNNING && !isLocked(folder)
        ? progress.as(ReplayState.STOPPED)
        : progress;
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

  public Path checkpoints() {
    return folder.resolve(CHECKPOINTS);
  }

  private static FileChannel lock(Path folder, String id)
      throws ConfigurationException, IOException {
    FileChannel channel = channel(folder);
    if (tryLock(channel) == null) {
      channel.close();
      throw new ConfigurationException(
          "Expected a replay that nobody works on, but a process works on %s; wait for its end, or stop it"
              .formatted(id));
    }
    return channel;
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
