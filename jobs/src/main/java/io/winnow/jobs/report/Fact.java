package io.winnow.jobs.report;

import io.winnow.operators.inference.InferenceSession;

/** Something to know of what was measured. */
record Fact(String name, String value) {

  /** Returns where it was measured, without which a speed means little. */
  static Fact ofThisMachine() {
    return new Fact("Machine", PageText.of(InferenceSession.machine().toString()));
  }
}
