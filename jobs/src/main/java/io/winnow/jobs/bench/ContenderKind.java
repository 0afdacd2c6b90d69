package io.winnow.jobs.bench;

import java.util.Locale;

/** Who answers texts. */
public enum ContenderKind {
  BARE("a loop around ONNX Runtime, a thread for each core, text already tokenized"),
  BARE_ONE_THREAD("the same with one thread: how far this machine scales"),
  OPERATOR("the operator in a Flink job, without Kafka"),
  OPERATOR_ONE_SLOT("the same with one subtask"),
  OPERATOR_UNCACHED("the operator without a cache of answers"),
  OPERATOR_SORTED("the operator in sorted batches, for a bundle that is proven not to mind"),
  PIPELINE("the job from Kafka to Kafka, exactly once; latency at 70 % of its rate, at least once"),
  DJL("a map function around a DJL predictor, as DJL's introduction has it"),
  DJL_ONE_THREAD("the same with one thread a run, as DJL's page on performance has it"),
  BATCHES("a function that runs 32 texts at once, padded to the longest"),
  SERVER("Flink's async I/O to a model server on this machine, which batches up to 8 texts");

  private final String about;

  ContenderKind(String about) {
    this.about = about;
  }

  /** Returns the word that stands for it on the command line and in results. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Returns what it is, in words. */
  public String about() {
    return about;
  }
}
