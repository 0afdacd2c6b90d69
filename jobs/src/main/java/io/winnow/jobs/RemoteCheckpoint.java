package io.winnow.jobs;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A checkpoint or savepoint whose results were committed, and which a job may go on from.
 *
 * @param id grows with each, from the job that it goes on from, too
 * @param path where it lies, or in Flink's words that it lies nowhere
 * @param stop whether it is the savepoint that a job was stopped with
 */
record RemoteCheckpoint(long id, String path, boolean stop) {
  /** A savepoint on the way commits nothing, so it is behind what a job wrote. */
  private static final String STOPPING_SAVEPOINT = "SYNC_SAVEPOINT";

  /** One that was completed or gone on from, and that Flink tells no more of. */
  private static final RemoteCheckpoint UNTOLD = new RemoteCheckpoint(-1, "", false);

  /** Returns the newest of a job, from Flink's statistics of its checkpoints. */
  static Optional<RemoteCheckpoint> newest(JsonNode statistics) {
    JsonNode counts = statistics.path("counts");
    JsonNode latest = statistics.path("latest");
    JsonNode savepoint = latest.path("savepoint");
    boolean stop = savepoint.path("checkpoint_type").asText().equals(STOPPING_SAVEPOINT);
    boolean any = counts.path("completed").asLong() + counts.path("restored").asLong() > 0;
    return Stream.of(
            any ? Optional.of(UNTOLD) : Optional.<RemoteCheckpoint>empty(),
            of(latest.path("restored"), false),
            of(latest.path("completed"), false),
            stop ? of(savepoint, true) : Optional.<RemoteCheckpoint>empty())
        .flatMap(Optional::stream)
        .max(Comparator.comparingLong(RemoteCheckpoint::id));
  }

  private static Optional<RemoteCheckpoint> of(JsonNode node, boolean stop) {
    return node.isObject()
        ? Optional.of(
            new RemoteCheckpoint(
                node.path("id").asLong(), node.path("external_path").asText(""), stop))
        : Optional.empty();
  }
}
