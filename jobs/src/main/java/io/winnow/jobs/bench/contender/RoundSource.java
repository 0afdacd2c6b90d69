package io.winnow.jobs.bench.contender;

import io.winnow.jobs.bench.Query;
import java.util.Collection;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.connector.source.lib.NumberSequenceSource;
import org.apache.flink.api.connector.source.lib.NumberSequenceSource.NumberSequenceSplit;
import org.apache.flink.api.java.typeutils.ResultTypeQueryable;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/**
 * The texts of rounds in this process. Each subtask takes the next one when it has time for it, so
 * there are no splits: those of a source of numbers stand where Flink wants some, and none is read.
 */
final class RoundSource
    implements Source<Query, NumberSequenceSplit, Collection<NumberSequenceSplit>>,
        ResultTypeQueryable<Query> {
  private static final long serialVersionUID = 1L;

  private final RoundsReference rounds;
  private final NumberSequenceSource splits = new NumberSequenceSource(0, 0);

  RoundSource(RoundsReference rounds) {
    this.rounds = rounds;
  }

  @Override
  public Boundedness getBoundedness() {
    return Boundedness.CONTINUOUS_UNBOUNDED;
  }

  @Override
  public SourceReader<Query, NumberSequenceSplit> createReader(SourceReaderContext context) {
    return new RoundReader(rounds.rounds());
  }

  @Override
  public SplitEnumerator<NumberSequenceSplit, Collection<NumberSequenceSplit>> createEnumerator(
      SplitEnumeratorContext<NumberSequenceSplit> context) {
    return splits.createEnumerator(context);
  }

  @Override
  public SplitEnumerator<NumberSequenceSplit, Collection<NumberSequenceSplit>> restoreEnumerator(
      SplitEnumeratorContext<NumberSequenceSplit> context,
      Collection<NumberSequenceSplit> checkpoint) {
    return splits.restoreEnumerator(context, checkpoint);
  }

  @Override
  public SimpleVersionedSerializer<NumberSequenceSplit> getSplitSerializer() {
    return splits.getSplitSerializer();
  }

  @Override
  public SimpleVersionedSerializer<Collection<NumberSequenceSplit>>
      getEnumeratorCheckpointSerializer() {
    return splits.getEnumeratorCheckpointSerializer();
  }

  @Override
  public TypeInformation<Query> getProducedType() {
    return TypeInformation.of(Query.class);
  }
}
