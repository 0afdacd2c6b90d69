package io.winnow.jobs.redrive;

/**
 * What became of the dead letters that a redrive sent back.
 *
 * @param enriched enriched events written
 * @param rejected those that failed again
 */
public record RedriveResult(long enriched, long rejected, long millis) {
  public static final RedriveResult NONE = new RedriveResult(0, 0, 0);
}
