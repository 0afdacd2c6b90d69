package io.winnow.jobs.replay;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The job of a replay on a Flink cluster, as it is kept in the replay's folder.
 *
 * @param cluster the cluster's REST endpoint, as HOST:PORT
 * @param id the job's, chosen before the cluster knows it
 * @param checkpoint the newest one that is known, of this job or of the one that it went on from;
 *     null if there is none
 * @param ended whether the job had ended when that was seen, so that no newer one can come
 * @param earlierMillis time that the jobs before it worked
 * @param shipNatives whether its jar brings the native libraries
 */
public record ClusterJob(
    String cluster,
    String id,
    @Nullable String checkpoint,
    boolean ended,
    long earlierMillis,
    boolean shipNatives) {

  /** Returns what is known after a look at the job. */
  public ClusterJob seen(Optional<String> newest, boolean hasEnded) {
    return new ClusterJob(
        cluster, id, newest.orElse(checkpoint), hasEnded, earlierMillis, shipNatives);
  }
}
