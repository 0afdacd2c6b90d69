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

  private Uids() {}

  static String enrichment(String name) {
    return "enrichment-" + name;
  }
}
