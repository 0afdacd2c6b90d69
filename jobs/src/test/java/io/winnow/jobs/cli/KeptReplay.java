package io.winnow.jobs.cli;

import io.winnow.jobs.pipeline.Pipeline;
import io.winnow.jobs.replay.PartitionRange;
import io.winnow.jobs.replay.PipelineDigest;
import io.winnow.jobs.replay.ReplayFolder;
import io.winnow.jobs.replay.ReplayOptions;
import io.winnow.jobs.replay.ReplayPlan;
import io.winnow.jobs.replay.ReplayRange;
import io.winnow.jobs.replay.Replays;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Folders of replays that were never started. */
final class KeptReplay {
  static final String ID = "20260131-120000-k3f9";

  private KeptReplay() {}

  /** Makes one of ten offsets. */
  static ReplayFolder in(Path state, Path pipeline, String digest, Map<String, String> fingerprints)
      throws Exception {
    ReplayRange range = new ReplayRange("in", List.of(new PartitionRange(0, 0, 10)), null, null);
    return new Replays(state)
        .create(
            new ReplayPlan(
                ID,
                "support",
                pipeline.toString(),
                digest,
                "cluster",
                range,
                new ReplayOptions("earliest", "now", null, null, null, null, false),
                fingerprints));
  }

  /** Makes one of a pipeline whose broker is not there. */
  static ReplayFolder in(Path state) throws Exception {
    Path pipeline = pipeline(state);
    return in(state, pipeline, PipelineDigest.of(pipeline, Pipeline.load(pipeline)), Map.of());
  }

  static Path pipeline(Path folder) throws Exception {
    return Files.writeString(
        folder.resolve("pipeline.yaml"),
        """
        name: support
        source: {bootstrap-servers: "localhost:1", topic: in}
        text: text
        enrichments: [{name: intent, model: %s}]
        sink: {topic: out}
        dead-letters: {topic: dead}
        """
            .formatted(Winnow.model("bert-text")));
  }
}
