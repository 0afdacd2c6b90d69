package io.winnow.jobs.bench.contender;

import io.winnow.jobs.bench.Answer;
import io.winnow.jobs.bench.Query;
import io.winnow.jobs.pipeline.Pipeline;
import io.winnow.operators.flink.Batching;
import io.winnow.operators.flink.ModelReference;
import io.winnow.operators.flink.SlmOperatorFactory;
import io.winnow.operators.flink.SlmOptions;
import io.winnow.operators.flink.TextEvent;
import io.winnow.operators.flink.crash.CrashOptions;
import io.winnow.operators.model.HeadOptions;
import io.winnow.operators.seal.GoldenPolicy;
import io.winnow.operators.text.TextPolicy;
import io.winnow.schemas.DeadLetter;
import java.nio.file.Path;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.util.OutputTag;

/**
 * The operator of a pipeline, with the options that a pipeline has by default.
 *
 * @param cached whether equal texts are computed once
 * @param batching whether texts share forward passes
 */
record OperatorAnswering(Path bundle, boolean cached, Batching batching)
    implements FlinkContender.Answering {
  private static final OutputTag<DeadLetter> REJECTED =
      new OutputTag<>("rejected", TypeInformation.of(DeadLetter.class));

  @Override
  public DataStream<Answer> answers(DataStream<Query> queries, boolean mayBeCached) {
    SlmOptions options =
        new SlmOptions(
            "bench",
            ModelReference.of(bundle.toString()),
            HeadOptions.NONE,
            GoldenPolicy.WARN,
            batching,
            TextPolicy.DEFAULT_MAX_CHARACTERS,
            cached && mayBeCached ? Pipeline.DEFAULT_ANSWER_CACHE_BYTES : 0,
            CrashOptions.NEVER);
    return queries
        .map(new EventFunction())
        .transform(
            "enrichment",
            TypeInformation.of(TextEvent.class),
            new SlmOperatorFactory(options, REJECTED))
        .map(new EnrichedFunction());
  }
}
