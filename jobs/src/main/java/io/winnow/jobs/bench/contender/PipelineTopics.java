package io.winnow.jobs.bench.contender;

import java.util.List;

/** The topics of a run of a pipeline, and its name. */
record PipelineTopics(String pipeline, String source, String sink, String deadLetters) {
  static PipelineTopics of(String pipeline) {
    return new PipelineTopics(
        pipeline, pipeline + ".texts", pipeline + ".enriched", pipeline + ".rejected");
  }

  List<String> all() {
    return List.of(source, sink, deadLetters);
  }
}
