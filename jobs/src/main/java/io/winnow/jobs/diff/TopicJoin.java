package io.winnow.jobs.diff;

import io.winnow.jobs.format.EnrichedReader;
import io.winnow.jobs.format.SourceOffset;
import io.winnow.jobs.format.SourceRecord;
import io.winnow.operators.config.ConfigurationException;
import java.io.IOException;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * Reads two topics and compares what they say of the same records of their source.
 *
 * <p>Where the smaller topic has few enough records, it is read first and kept, and the other one
 * is held against it. Two larger ones are read in step, partition by partition, which takes topics
 * whose records lie in the partitions that they came from, in about their order.
 */
public final class TopicJoin {
  /** What is kept of so many records fits into the memory of the launcher. */
  private static final int MOST_KEPT = 200_000;

  private final Map<Side, SideReader> readers;
  private final HeadTallies heads = new HeadTallies();
  private final int mostKept;

  TopicJoin(
      TopicRecords a, TopicRecords b, EnrichedReader reader, Runnable eachRecord, int mostKept) {
    this.readers =
        new EnumMap<>(
            Map.of(
                Side.A,
                new SideReader(a, reader, eachRecord),
                Side.B,
                new SideReader(b, reader, eachRecord)));
    this.mostKept = mostKept;
  }

  /**
   * Prepares a comparison.
   *
   * @param eachRecord is told of each record that was read
   */
  public TopicJoin(TopicRecords a, TopicRecords b, EnrichedReader reader, Runnable eachRecord) {
    this(a, b, reader, eachRecord, MOST_KEPT);
  }

  /**
   * Reads both topics to their ends.
   *
   * @param source topic that their records were read from before
   * @param partitions that it has
   * @throws ConfigurationException if they are too large to be compared
   */
  public TopicDiff run(String source, int partitions)
      throws ConfigurationException, IOException, InterruptedException {
    TopicRecords a = reader(Side.A).topic();
    TopicRecords b = reader(Side.B).topic();
    if (Math.min(a.offsets(), b.offsets()) <= mostKept) {
      Side smaller = a.offsets() < b.offsets() ? Side.A : Side.B;
      PositionJoin join = join();
      for (Side side : List.of(smaller, smaller.other())) {
        readWhole(side, join);
      }
    } else if (a.partitions() == partitions && b.partitions() == partitions) {
      for (int partition = 0; partition < partitions; partition++) {
        SourceOffset start = new SourceOffset(source, partition, 0);
        new StepJoin(readers, join(), start, mostKept / 2).run();
      }
    } else {
      throw tooLarge(source, partitions, a, b);
    }
    return heads.finish(reader(Side.A).tally().counts(), reader(Side.B).tally().counts());
  }

  private PositionJoin join() {
    return new PositionJoin(reader(Side.A).tally(), reader(Side.B).tally(), heads);
  }

  private void readWhole(Side side, PositionJoin join) throws IOException, InterruptedException {
    SideReader reader = reader(side);
    for (int partition = 0; partition < reader.topic().partitions(); partition++) {
      RecordCursor cursor = reader.topic().open(partition);
      while (!cursor.isAtEnd()) {
        for (SourceRecord record : cursor.next()) {
          reader.read(record).ifPresent(read -> join.add(side, read));
        }
      }
    }
    join.complete(side);
  }

  private ConfigurationException tooLarge(
      String source, int partitions, TopicRecords a, TopicRecords b) {
    return new ConfigurationException(
        String.format(
            Locale.ROOT,
            "Expected one of the topics to hold at most %,d records, or both to have as many partitions as '%s', %d, found %s and %s; narrow them down with --from and --to, or replay into a topic made with --create-topic",
            mostKept,
            source,
            partitions,
            words(a),
            words(b)));
  }

  private static String words(TopicRecords topic) {
    return String.format(
        Locale.ROOT,
        "'%s' with up to %,d in %d",
        topic.topic(),
        topic.offsets(),
        topic.partitions());
  }

  private SideReader reader(Side side) {
    return Objects.requireNonNull(readers.get(side));
  }
}
