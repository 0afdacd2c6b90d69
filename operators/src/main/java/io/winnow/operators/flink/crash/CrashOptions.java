package io.winnow.operators.flink.crash;

import java.io.Serializable;
import org.apache.flink.core.fs.Path;
import org.jspecify.annotations.Nullable;

/**
 * When a record that kills the process is set aside, and where its deaths are noted.
 *
 * @param limit deaths in a row after which it is; 0 for never
 * @param root folder for the journals of all jobs, on any file system that Flink reads; null to
 *     keep them beside the task manager's checkpoints
 * @param job path below it, of this job and this topic alone
 */
public record CrashOptions(int limit, @Nullable String root, String job) implements Serializable {
  /** The folder beside the checkpoints. */
  public static final String FOLDER = "crash-journal";

  public static final CrashOptions NEVER = new CrashOptions(0, null, "");

  /**
   * Returns the folder of an enrichment's journal; null if there is no place for one.
   *
   * @param checkpoints the task manager's folder for checkpoints, if it has one
   */
  @Nullable Path folder(String enrichment, @Nullable String checkpoints) {
    if (root == null && checkpoints == null) {
      return null;
    }
    Path parent = root == null ? new Path(checkpoints, FOLDER) : new Path(root);
    return new Path(new Path(parent, job), enrichment);
  }
}
