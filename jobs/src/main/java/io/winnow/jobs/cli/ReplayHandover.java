package io.winnow.jobs.cli;

import io.winnow.jobs.RemoteReplay;
import io.winnow.jobs.RemoteReplay.Sight;
import io.winnow.jobs.replay.ClusterJob;
import io.winnow.jobs.replay.ReplayFolder;
import io.winnow.jobs.replay.ReplayState;
import java.io.IOException;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives the job of a replay to a cluster. The folder knows the job before the cluster does: whoever
 * loses sight of it in between asks for it before anything is written a second time.
 */
record ReplayHandover(RemoteReplay remote, ReplayFolder folder) {
  private static final Logger LOG = LoggerFactory.getLogger(ReplayHandover.class);

  void submit(Submission submission, ClusterJob job) throws Exception {
    Optional<ClusterJob> before = folder.cluster();
    folder.write(job);
    folder.write(folder.progress().as(ReplayState.RUNNING));
    boolean taken = false;
    try {
      submission.submit();
      taken = true;
    } finally {
      if (!taken) {
        folder.write(folder.progress().as(ReplayState.FAILED));
        takeBack(job, before);
      }
    }
  }

  /** A job that ended without a checkpoint of its own wrote nothing. */
  private void takeBack(ClusterJob job, Optional<ClusterJob> before)
      throws IOException, InterruptedException {
    try {
      Optional<Sight> sight = remote.look(job, folder.progress());
      if (sight.isPresent()
          && sight.get().job().ended()
          && Objects.equals(sight.get().job().checkpoint(), job.checkpoint())) {
        folder.write(before.orElse(sight.get().job()));
      }
    } catch (IOException e) {
      LOG.info("Nobody tells what became of job {}", job.id(), e);
    }
  }
}
