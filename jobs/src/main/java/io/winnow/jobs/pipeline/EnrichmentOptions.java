package io.winnow.jobs.pipeline;

import io.winnow.operators.flink.Batching;
import io.winnow.operators.model.Aggregation;
import io.winnow.operators.model.HeadOptions;
import io.winnow.operators.seal.GoldenPolicy;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A model bundle and how to run it. What is null, the job or the bundle decides.
 *
 * @param name names the enrichment in a record; no two of a pipeline share it
 * @param model where the bundle lies; absolute
 * @param parallelism at least 1
 * @param heads the heads to run; empty for all
 * @param topK how many labels to keep; at least 1
 * @param minScore the least score of a label or span; 0 to 1
 * @param goldenRecords what becomes of a start where the bundle's golden records are answered
 *     otherwise
 * @param batching whether events share forward passes
 * @param fingerprint that of the bundle as it was found; null before it is opened
 */
public record EnrichmentOptions(
    String name,
    URI model,
    @Nullable Integer parallelism,
    List<String> heads,
    @Nullable Integer topK,
    @Nullable Double minScore,
    @Nullable Aggregation aggregation,
    GoldenPolicy goldenRecords,
    Batching batching,
    @Nullable String fingerprint) {
  public EnrichmentOptions {
    heads = List.copyOf(heads);
  }

  EnrichmentOptions withFingerprint(@Nullable String found) {
    return new EnrichmentOptions(
        name,
        model,
        parallelism,
        heads,
        topK,
        minScore,
        aggregation,
        goldenRecords,
        batching,
        found);
  }

  /** Returns what this asks of the bundle's heads. */
  public HeadOptions headOptions() {
    return new HeadOptions(heads, topK, minScore, aggregation);
  }
}
