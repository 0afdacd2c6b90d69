package io.winnow.jobs.diff;

import static org.assertj.core.api.Assertions.assertThat;

import io.winnow.jobs.format.EnrichedRecord;
import io.winnow.jobs.format.SourceOffset;
import io.winnow.operators.text.TextField;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PositionJoinTest {
  private final SideTally a = new SideTally("a");
  private final SideTally b = new SideTally("b");
  private final List<String> joined = new ArrayList<>();
  private final PositionJoin join =
      new PositionJoin(
          a,
          b,
          (left, right, texts) ->
              joined.add(
                  left.source().offset()
                      + "="
                      + right.source().offset()
                      + ":"
                      + texts.get(0).text()));

  @Test
  void theRecordThatComesLastTellsTheText() {
    join.add(Side.A, record(1, "of A"));
    join.add(Side.B, record(2, "of B"));
    join.add(Side.B, record(1, "of B"));
    join.add(Side.A, record(2, "of A"));

    assertThat(joined).containsExactly("1=1:of B", "2=2:of A");
  }

  @Test
  void onlyWhatWaitsAndThePositionsOfWhatWasJoinedAreKept() {
    for (int i = 0; i < 100; i++) {
      join.add(Side.A, record(i, ""));
      join.add(Side.B, record(i, ""));
      join.forget(new SourceOffset("messages", 0, i - 9));
    }

    assertThat(joined).hasSize(100);
    assertThat(join.size()).isEqualTo(10);
  }

  @Test
  void nothingWaitsForASideThatIsComplete() {
    join.add(Side.A, record(1, ""));
    join.add(Side.A, record(2, ""));
    join.complete(Side.A);
    join.add(Side.B, record(2, ""));
    for (int i = 10; i < 1_000; i++) {
      join.add(Side.B, record(i, ""));
    }

    assertThat(join.size()).isEqualTo(2);
    join.complete(Side.B);
    assertThat(a.counts().only()).isEqualTo(1);
    assertThat(b.counts().only()).isEqualTo(990);
    assertThat(joined).hasSize(1);
  }

  @Test
  void whatWasForgottenIsOfOneSideOnlyAndItsPartnerIsLate() {
    join.add(Side.A, record(1, ""));
    join.forget(new SourceOffset("messages", 0, 2));
    join.add(Side.B, record(1, ""));

    assertThat(joined).isEmpty();
    assertThat(a.counts().only()).isEqualTo(1);
    assertThat(b.counts().late()).isEqualTo(1);
  }

  private static EnrichedRecord record(long offset, String text) {
    return new EnrichedRecord(
        new SourceOffset("messages", 0, offset), List.of(new TextField("text", text)), List.of());
  }
}
