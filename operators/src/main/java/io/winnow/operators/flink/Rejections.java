package io.winnow.operators.flink;

import io.winnow.operators.text.RejectedException;
import io.winnow.schemas.DeadLetter;
import io.winnow.schemas.EnrichedEvent;

/** Turns rejected events into dead letters. */
public final class Rejections {
  private Rejections() {}

  /** Returns the record that {@code event} was read from, whole, with what was wrong with it. */
  public static DeadLetter deadLetter(
      EnrichedEvent event, Stage stage, RejectedException rejection) {
    return new DeadLetter(
        event.getSource(),
        event.getKey(),
        event.getHeaders(),
        event.getPayload(),
        stage.code(),
        rejection.reason().code(),
        rejection.getMessage());
  }
}
