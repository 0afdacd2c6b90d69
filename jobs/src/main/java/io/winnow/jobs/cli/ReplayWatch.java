package io.winnow.jobs.cli;

import io.winnow.jobs.RemoteReplay;
import io.winnow.jobs.RemoteReplay.Sight;
import io.winnow.jobs.replay.ClusterJob;
import io.winnow.jobs.replay.ReplayFolder;
import io.winnow.jobs.replay.ReplayProgress;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Watches a replay on a cluster, and keeps in its folder what it sees.
 *
 * @param patience how long the cluster may not tell of the job: a job manager may be starting anew
 */
record ReplayWatch(RemoteReplay remote, ReplayFolder folder, Duration patience) {
  private static final Duration EVERY = Duration.ofSeconds(1);

  /**
   * Returns how far the replay came when its job had ended.
   *
   * @param watcher told now and then how far it is
   * @throws IllegalStateException if the cluster tells nothing any more
   */
  ReplayProgress untilEnd(Consumer<ReplayProgress> watcher)
      throws IOException, InterruptedException {
    long seenNanos = System.nanoTime();
    while (true) {
      Optional<Sight> sight = look(seenNanos);
      if (sight.isPresent()) {
        seenNanos = System.nanoTime();
        ReplayProgress progress = sight.get().progress();
        folder.write(progress, sight.get().job());
        watcher.accept(progress);
        if (sight.get().job().ended()) {
          return progress;
        }
      }
      TimeUnit.NANOSECONDS.sleep(EVERY.toNanos());
    }
  }

  private Optional<Sight> look(long seenNanos) throws IOException, InterruptedException {
    ClusterJob job = folder.cluster().orElseThrow();
    String why = "it does not know the job";
    try {
      Optional<Sight> sight = remote.look(job, folder.progress());
      if (sight.isPresent()) {
        return sight;
      }
    } catch (IOException e) {
      why = String.valueOf(e.getMessage());
    }
    if (System.nanoTime() - seenNanos > patience.toNanos()) {
      throw new IllegalStateException(
          "The cluster at %s has told nothing of job %s for %d s: %s; 'winnow progress %s' looks again"
              .formatted(job.cluster(), job.id(), patience.toSeconds(), why, folder.plan().id()));
    }
    return Optional.empty();
  }
}
