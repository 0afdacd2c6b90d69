package io.winnow.operators.flink.crash;

import org.apache.flink.runtime.executiongraph.ExecutionAttemptID;

/**
 * One start of a subtask.
 *
 * @param generation what it shares with the subtasks that started with it, and with no others:
 *     attempts are counted from 0 again by each job manager, so their number alone would not do
 */
record Attempt(String generation, int subtask) {
  private static final String MARK = "mark-";

  static Attempt of(ExecutionAttemptID id) {
    String text = id.toString(); // execution graph, vertex, attempt; nothing else tells the first
    String graph = text.substring(0, text.indexOf('_'));
    return new Attempt(graph + "-" + id.getAttemptNumber(), id.getSubtaskIndex());
  }

  /** Returns the name of the file that says: this subtask runs. */
  String mark() {
    return siblings() + subtask;
  }

  /** Tells whether a file is the mark of a subtask that started at another time, and died. */
  boolean hasOutlived(String name) {
    return name.startsWith(MARK) && !name.startsWith(siblings());
  }

  private String siblings() {
    return MARK + generation + "-";
  }
}
