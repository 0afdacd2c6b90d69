package io.winnow.operators.flink.crash;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.flink.runtime.executiongraph.ExecutionAttemptID;
import org.apache.flink.runtime.executiongraph.ExecutionGraphID;
import org.apache.flink.runtime.jobgraph.JobVertexID;
import org.apache.flink.runtime.scheduler.strategy.ExecutionVertexID;
import org.junit.jupiter.api.Test;

class AttemptTest {
  private static final JobVertexID VERTEX = new JobVertexID();

  private final ExecutionGraphID graph = new ExecutionGraphID();

  @Test
  void subtasksThatStartTogetherHaveNotOutlivedEachOther() {
    assertThat(attempt(graph, 0, 2).hasOutlived(attempt(graph, 1, 2).mark())).isFalse();
    assertThat(attempt(graph, 0, 2).hasOutlived(attempt(graph, 0, 2).mark())).isFalse();
  }

  @Test
  void restartHasOutlivedTheAttemptBefore() {
    assertThat(attempt(graph, 0, 1).hasOutlived(attempt(graph, 1, 0).mark())).isTrue();
    assertThat(attempt(graph, 0, 1).hasOutlived(attempt(graph, 1, 11).mark())).isTrue();
  }

  @Test
  void newJobManagerCountsAttemptsFromZeroAndHasOutlivedTheFirst() {
    Attempt before = attempt(graph, 0, 0);
    Attempt after = attempt(new ExecutionGraphID(), 0, 0);

    assertThat(after.hasOutlived(before.mark())).isTrue();
  }

  @Test
  void markHasALegalFileNameThatNothingElseHas() {
    Attempt attempt = attempt(graph, 3, 2);

    assertThat(attempt.mark()).isEqualTo("mark-" + graph + "-2-3").matches("[a-z0-9-]+");
    assertThat(attempt.hasOutlived("record-0-7-1")).isFalse();
  }

  private static Attempt attempt(ExecutionGraphID graph, int subtask, int number) {
    return Attempt.of(
        new ExecutionAttemptID(graph, new ExecutionVertexID(VERTEX, subtask), number));
  }
}
