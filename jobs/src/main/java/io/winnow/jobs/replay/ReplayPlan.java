package io.winnow.jobs.replay;

import java.util.Map;

/**
 * Everything that a replay was started with: whoever resumes it does the same.
 *
 * @param id names its folder, consumer group, transactional ids and the header of its records
 * @param pipeline name of the pipeline
 * @param pipelineFile absolute path
 * @param pipelineDigest SHA-256 of the file
 * @param clusterId id of the Kafka cluster of its topics
 * @param fingerprints that of each model, by the name of its enrichment
 */
public record ReplayPlan(
    String id,
    String pipeline,
    String pipelineFile,
    String pipelineDigest,
    String clusterId,
    ReplayRange range,
    ReplayOptions options,
    Map<String, String> fingerprints) {
  public ReplayPlan {
    fingerprints = Map.copyOf(fingerprints);
  }

  public String consumerGroup() {
    return pipeline + "-replay-" + id;
  }

  /**
   * Returns what its transactional ids begin with: a sink aborts what begins with its own prefix,
   * and no live job's begins with this one.
   */
  public String transactionalIdPrefix() {
    return "winnow/replay/" + id + "/";
  }
}
