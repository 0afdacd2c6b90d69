package io.winnow.jobs;

import io.winnow.jobs.replay.ClusterJob;
import io.winnow.operators.config.ConfigurationException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import org.apache.flink.core.fs.FileStatus;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.Path;
import org.jspecify.annotations.Nullable;

/**
 * A checkpoint that a user names, as the cluster has forgotten the job.
 *
 * @param root folder of the checkpoints of all jobs
 * @param number grows from checkpoint to checkpoint, also of jobs that go on with others
 */
public record NamedCheckpoint(String root, String job, long number) {
  private static final Pattern PATH =
      Pattern.compile("((?:[a-z][a-z0-9+.-]*:)?/.*)/([0-9a-f]{32})/chk-([0-9]{1,18})/*");
  private static final Pattern NAME = Pattern.compile("chk-([0-9]{1,18})");
  private static final String METADATA = "_metadata"; // Flink writes it last

  /**
   * Returns the checkpoint.
   *
   * @param text as the user wrote it
   * @param forgotten the job, with what is known of it
   * @param warnings told if nobody can see from here whether there is a newer one
   * @throws ConfigurationException if it is none of this job, or there is a newer one: what was
   *     written behind it would be written twice
   */
  public static NamedCheckpoint checked(
      String text, ClusterJob forgotten, Consumer<String> warnings) throws ConfigurationException {
    NamedCheckpoint named =
        read(text)
            .orElseThrow(
                () ->
                    refused(
                        "the folder of a checkpoint as an absolute path or URI that ends with %s/chk-NUMBER, found '%s'"
                            .formatted(forgotten.id(), text)));
    Optional<NamedCheckpoint> known = read(forgotten.checkpoint());
    if (!named.job.equals(forgotten.id()) && !known.equals(Optional.of(named))) {
      throw refused(
          "one of the job %s, which worked last on this replay, found '%s'"
              .formatted(forgotten.id(), text));
    }
    if (known.isPresent() && known.get().number > named.number) {
      throw refused("the newest one, found '%s', but %s is newer".formatted(text, known.get()));
    }
    named.requireNewest(forgotten.id(), warnings);
    return named;
  }

  private static Optional<NamedCheckpoint> read(@Nullable String text) {
    Matcher path = PATH.matcher(text == null ? "" : text);
    return path.matches()
        ? Optional.of(
            new NamedCheckpoint(path.group(1), path.group(2), Long.parseLong(path.group(3))))
        : Optional.empty();
  }

  private void requireNewest(String lastJob, Consumer<String> warnings)
      throws ConfigurationException {
    OptionalLong newest;
    try {
      newest = newest(lastJob);
      if (newest.isEmpty()) {
        newest = newest(job);
      }
    } catch (IOException e) {
      newest = OptionalLong.empty();
    }
    if (newest.isEmpty()) {
      warnings.accept(
          "%s cannot be seen from here: if the job completed a newer one, what it wrote since comes twice"
              .formatted(this));
    } else if (newest.getAsLong() != number) {
      throw refused(
          "the newest one, found '%s', but the newest complete one there is chk-%d"
              .formatted(this, newest.getAsLong()));
    }
  }

  /** Returns the number of the newest complete checkpoint of a job; empty if none can be seen. */
  private OptionalLong newest(String ofJob) throws IOException {
    Path folder = new Path(root, ofJob);
    FileSystem files = folder.getFileSystem();
    FileStatus[] found;
    try {
      found = files.listStatus(folder);
    } catch (FileNotFoundException e) {
      return OptionalLong.empty();
    }
    LongStream.Builder numbers = LongStream.builder();
    for (FileStatus checkpoint : found == null ? new FileStatus[0] : found) {
      Matcher name = NAME.matcher(checkpoint.getPath().getName());
      if (name.matches() && files.exists(new Path(checkpoint.getPath(), METADATA))) {
        numbers.add(Long.parseLong(name.group(1)));
      }
    }
    return numbers.build().max();
  }

  private static ConfigurationException refused(String expected) {
    return new ConfigurationException("--checkpoint: expected " + expected);
  }

  /** Returns its path, as Flink takes it. */
  @Override
  public String toString() {
    return root + "/" + job + "/chk-" + number;
  }
}
