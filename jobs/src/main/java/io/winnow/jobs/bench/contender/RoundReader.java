package io.winnow.jobs.bench.contender;

import io.winnow.jobs.bench.Query;
import io.winnow.jobs.bench.Round;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.lib.NumberSequenceSource.NumberSequenceSplit;
import org.apache.flink.core.io.InputStatus;

/** Takes texts of the round that goes on as long as there are any, and waits for the next one. */
final class RoundReader implements SourceReader<Query, NumberSequenceSplit> {
  private final Rounds rounds;
  private Rounds.Turn turn;

  RoundReader(Rounds rounds) {
    this.rounds = rounds;
    this.turn = rounds.turn();
  }

  /** All operators behind this reader are open by now. */
  @Override
  public void start() {
    rounds.arrive();
  }

  @Override
  public InputStatus pollNext(ReaderOutput<Query> output) {
    turn = rounds.turn();
    Round round = turn.round();
    OptionalInt next = round == null ? OptionalInt.empty() : round.next();
    if (round == null || next.isEmpty()) {
      return InputStatus.NOTHING_AVAILABLE;
    }

    int index = next.getAsInt();
    output.collect(new Query(index, round.text(index).text()));
    return InputStatus.MORE_AVAILABLE;
  }

  @Override
  public CompletableFuture<Void> isAvailable() {
    return turn.over();
  }

  @Override
  public List<NumberSequenceSplit> snapshotState(long checkpoint) {
    return List.of();
  }

  @Override
  public void addSplits(List<NumberSequenceSplit> splits) {
    throw new IllegalStateException("Texts of a round are not divided into splits");
  }

  @Override
  public void notifyNoMoreSplits() {
    // never had any
  }

  @Override
  public void close() {
    // the rounds belong to whoever holds them
  }
}
