package io.winnow.jobs.bench;

import java.util.Locale;

/** Which texts are answered. */
public enum WorkloadKind {
  SHORT("texts of 12 tokens in the mean"),
  MEDIUM("texts of 40 tokens in the mean"),
  LONG("texts of 110 tokens in the mean"),
  LOG_NORMAL("texts of all lengths: half of them shorter than 25 tokens, a few very long"),
  DUPLICATES("as log-normal, and 40 % of the texts came before"),
  OWN("texts of a file, over and over");

  private final String about;

  WorkloadKind(String about) {
    this.about = about;
  }

  /** Returns the word that stands for it on the command line and in results. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Returns what texts these are, in words. */
  public String about() {
    return about;
  }
}
