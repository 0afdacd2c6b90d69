package io.winnow.jobs;

/**
 * The uids of a job's operators. State in checkpoints and savepoints belongs to them: to change one
 * is to lose it, so it needs a migration note in CHANGELOG.md.
 */
final class Uids {
  static final String SOURCE = "source";
  static final String DECODE = "decode";
  static final String ENCODE = "encode";
  static final String DEAD_LETTERS = "dead-letters";
  static final String SINK = "sink";

  /** Of a replay alone. */
  static final String THROTTLE = "throttle";

  static final String TALLY_READ = "tally-read";
  static final String TALLY_TOKENS = "tally-tokens";
  static final String TALLY_ENRICHED = "tally-enriched";
  static final String TALLY_REJECTED = "tally-rejected";
  static final String TALLY = "tally";

  /** Of a redrive, and of a replay of what is stale. */
  static final String ORIGINAL = "original";

  private Uids() {}

  static String enrichment(String name) {
    return "enrichment-" + name;
  }
}
