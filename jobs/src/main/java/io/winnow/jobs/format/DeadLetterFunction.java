package io.winnow.jobs.format;

import io.winnow.schemas.DeadLetter;
import org.apache.flink.api.common.functions.MapFunction;

/** Encodes dead letters. */
public final class DeadLetterFunction implements MapFunction<DeadLetter, OutputRecord> {
  private final DeadLetterOutput output;

  public DeadLetterFunction(DeadLetterOutput output) {
    this.output = output;
  }

  @Override
  public OutputRecord map(DeadLetter letter) {
    return output.record(letter);
  }
}
