package io.winnow.jobs.bench.contender;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.winnow.jobs.EnrichmentJob;
import io.winnow.jobs.bench.broker.BenchTopics;
import io.winnow.jobs.kafka.TopicCheck;
import io.winnow.jobs.pipeline.Delivery;
import io.winnow.jobs.pipeline.Pipeline;
import io.winnow.operators.config.ConfigurationException;
import io.winnow.operators.config.Substitution;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.flink.api.common.JobID;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * Starts jobs of pipelines that have what a pipeline has by default.
 *
 * @param cores as many as a job has subtasks at the most
 * @param checkpointInterval time between checkpoints: shorter than by default where a round is, so
 *     that each has some
 */
record PipelineJobs(
    BenchCluster cluster,
    String bootstrapServers,
    Path bundle,
    int cores,
    Duration checkpointInterval) {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  JobID start(PipelineTopics topics, Delivery delivery, boolean cached, int subtasks)
      throws Exception {
    Pipeline pipeline = pipeline(topics, delivery, cached);
    StreamExecutionEnvironment environment = cluster.environment(subtasks);
    EnrichmentJob.build(environment, pipeline, TopicCheck.of(pipeline, PATIENCE));
    return cluster.start(environment);
  }

  private Pipeline pipeline(PipelineTopics topics, Delivery delivery, boolean cached)
      throws ConfigurationException, JsonProcessingException {
    String model = new ObjectMapper().writeValueAsString(bundle.toString());
    String yaml =
        """
        name: %s
        source: {bootstrap-servers: "%s", topic: %s}
        text: %s
        enrichments: [{name: bench, model: %s, golden-records: warn}]
        sink: {topic: %s, delivery: %s}
        dead-letters: {topic: %s}
        checkpoint-interval: %d ms
        %s
        """
            .formatted(
                topics.pipeline(),
                bootstrapServers,
                topics.source(),
                BenchTopics.TEXT,
                model.replace("${", "$${"),
                topics.sink(),
                delivery == Delivery.EXACTLY_ONCE ? "exactly-once" : "at-least-once",
                topics.deadLetters(),
                checkpointInterval.toMillis(),
                cached ? "" : "answer-cache-bytes: 0");
    return Pipeline.parse("bench", yaml, Substitution.none());
  }
}
