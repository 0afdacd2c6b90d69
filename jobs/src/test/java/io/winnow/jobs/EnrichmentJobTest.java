package io.winnow.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.winnow.jobs.kafka.OutputTopic;
import io.winnow.jobs.kafka.TopicLimits;
import io.winnow.jobs.kafka.Topics;
import io.winnow.jobs.pipeline.Pipeline;
import io.winnow.jobs.replay.PartitionRange;
import io.winnow.jobs.replay.ReplayOptions;
import io.winnow.jobs.replay.ReplayPlan;
import io.winnow.jobs.replay.ReplayRange;
import io.winnow.operators.config.ConfigurationException;
import io.winnow.operators.config.Substitution;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExecutionOptions;
import org.apache.flink.configuration.ExternalizedCheckpointRetention;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.core.execution.CheckpointingMode;
import org.apache.flink.runtime.jobgraph.JobEdge;
import org.apache.flink.runtime.jobgraph.JobVertex;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamGraph;
import org.apache.flink.streaming.api.graph.StreamNode;
import org.apache.flink.streaming.runtime.partitioner.CustomPartitionerWrapper;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The graph of a pipeline; nothing runs. */
class EnrichmentJobTest {
  private static final List<String> SINKS = List.of("json", "avro");
  private static final List<String> AVRO_SINKS = List.of("json", "avro", "avro-registry");
  private static final ConfigOption<ExternalizedCheckpointRetention> RETENTION =
      CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION;

  @Test
  void uidsAreTheDocumentedOnes() throws Exception {
    assertThat(uids(graph(1, 1)))
        .containsExactlyInAnyOrder(
            "source",
            "decode",
            "enrichment-e0",
            "encode",
            "dead-letters",
            "sink",
            "Sink Committer: sink");
  }

  @Test
  void eachEnrichmentHasAUidOfItsOwn() throws Exception {
    assertThat(uids(graph(1, 1, 1)))
        .contains("source", "decode", "enrichment-e0", "enrichment-e1", "encode")
        .hasSize(8);
  }

  @ParameterizedTest
  @CsvSource({
    // partitions, parallelism of the enrichment, of the source
    "1, 1, 1",
    "1, 4, 1",
    "3, 4, 3",
    "4, 4, 4",
    "8, 4, 4",
    "12, 5, 5",
  })
  void theSourceHasNoIdleSubtask(int partitions, int enrichment, int source) throws Exception {
    StreamGraph graph = graph(partitions, enrichment);

    assertThat(node(graph, "source").getParallelism()).isEqualTo(source);
    assertThat(node(graph, "decode").getParallelism()).isEqualTo(source);
    assertThat(node(graph, "enrichment-e0").getParallelism()).isEqualTo(enrichment);
    assertThat(node(graph, "encode").getParallelism()).isEqualTo(enrichment);
    assertThat(node(graph, "dead-letters").getParallelism()).isEqualTo(enrichment);
    assertThat(node(graph, "sink").getParallelism()).isEqualTo(enrichment);
  }

  @ParameterizedTest
  @CsvSource({
    // partitions, parallelism of two enrichments, whether there is a shuffle before each
    "1, 1, 1, false, false",
    "8, 4, 4, false, false",
    "3, 4, 4, true, false",
    "12, 5, 5, true, false",
    "8, 4, 2, false, true",
    "1, 4, 1, true, true",
    "4, 2, 4, false, true",
  })
  void eventsAreDistributedByKeyOnlyWhereTheyMustBe(
      int partitions, int first, int second, boolean beforeFirst, boolean beforeSecond)
      throws Exception {
    StreamGraph graph = graph(partitions, first, second);

    assertThat(isDistributed(node(graph, "enrichment-e0"))).isEqualTo(beforeFirst);
    assertThat(isDistributed(node(graph, "enrichment-e1"))).isEqualTo(beforeSecond);
    assertThat(isDistributed(node(graph, "decode"))).isFalse();
    assertThat(isDistributed(node(graph, "encode"))).isFalse();
  }

  @Test
  void parallelismIsTheEnvironmentsWhereThePipelineStatesNone() throws Exception {
    StreamExecutionEnvironment environment = environment();
    environment.setParallelism(3);
    EnrichmentJob.build(environment, pipeline(0), topics(3));

    assertThat(node(environment.getStreamGraph(), "enrichment-e0").getParallelism()).isEqualTo(3);
  }

  @Test
  void theJobNeedsNoKryoAndCheckpointsAsThePipelineSays() throws Exception {
    StreamExecutionEnvironment environment = environment();
    EnrichmentJob.build(environment, pipeline(2, 2), topics(3));

    assertThat(environment.getConfiguration().get(PipelineOptions.GENERIC_TYPES)).isFalse();
    assertThat(environment.getCheckpointConfig().getCheckpointInterval()).isEqualTo(500);
    assertThat(environment.getCheckpointConfig().getCheckpointingConsistencyMode())
        .isEqualTo(CheckpointingMode.EXACTLY_ONCE);
    // Types are given their serializers here: one that needed Kryo would be refused.
    assertThat(environment.getStreamGraph().getJobGraph().getVertices()).isNotEmpty();
  }

  @Test
  void aCancelledJobLeavesItsCheckpointsUnlessAClusterSaysOtherwise() throws Exception {
    StreamExecutionEnvironment environment = environment();
    EnrichmentJob.build(environment, pipeline(1), topics(1));
    assertThat(environment.getConfiguration().get(RETENTION))
        .isEqualTo(ExternalizedCheckpointRetention.RETAIN_ON_CANCELLATION);

    Configuration configuration = new Configuration();
    configuration.set(RETENTION, ExternalizedCheckpointRetention.DELETE_ON_CANCELLATION);
    StreamExecutionEnvironment other =
        StreamExecutionEnvironment.createLocalEnvironment(configuration);
    EnrichmentJob.build(other, pipeline(1), topics(1));
    assertThat(other.getConfiguration().get(RETENTION))
        .isEqualTo(ExternalizedCheckpointRetention.DELETE_ON_CANCELLATION);
  }

  @Test
  void answersDoNotWaitInBuffersWhereReadersDoNotWaitForCheckpoints() throws Exception {
    assertThat(bufferTimeout("at-least-once", new Configuration())).isZero();
    assertThat(bufferTimeout("exactly-once", new Configuration()))
        .isEqualTo(ExecutionOptions.BUFFER_TIMEOUT.defaultValue());

    Configuration chosen = new Configuration();
    chosen.set(ExecutionOptions.BUFFER_TIMEOUT, Duration.ofMillis(7));
    assertThat(bufferTimeout("at-least-once", chosen)).hasMillis(7);
  }

  private static Duration bufferTimeout(String delivery, Configuration configuration)
      throws Exception {
    StreamExecutionEnvironment environment =
        StreamExecutionEnvironment.createLocalEnvironment(configuration);
    EnrichmentJob.build(
        environment,
        parse(
            """
            name: test
            source: {bootstrap-servers: "localhost:9092", topic: in}
            text: body
            enrichments: [{name: e0, model: models/e0}]
            sink: {topic: out, delivery: %s}
            dead-letters: {topic: dead}
            """
                .formatted(delivery)),
        topics(1));
    return Duration.ofMillis(environment.getBufferTimeout());
  }

  @Test
  void everyFormatMakesAJob() throws Exception {
    String avro = "avro, schema: src/test/resources/message.avsc";
    for (String source : List.of("json", "text", avro, "avro-registry")) {
      for (String sink : source.startsWith("avro") ? AVRO_SINKS : SINKS) {
        String text = source.equals("text") ? "" : "text: body";
        String registry =
            (source + sink).contains("registry") ? "schema-registry: {url: 'http://a:8081'}" : "";
        StreamExecutionEnvironment environment = environment();
        EnrichmentJob.build(
            environment,
            parse(
                """
                name: test
                source: {bootstrap-servers: "localhost:9092", topic: in, format: %s}
                %s
                enrichments: [{name: e0, model: models/e0}]
                sink: {topic: out, format: %s}
                dead-letters: {topic: dead}
                %s
                """
                    .formatted(source, text, sink, registry)),
            topics(1));

        assertThat(environment.getStreamGraph().getJobGraph().getVertices()).isNotEmpty();
      }
    }
  }

  /** Flink deals out in turn what flows one to one between vertices of other parallelisms. */
  @ParameterizedTest
  @CsvSource({"1, 1, 1", "8, 4, 4", "3, 4, 4", "8, 4, 2"})
  void eventsKeepTheirOrderWhateverParallelismEachVertexIsGiven(
      int partitions, int first, int second) throws Exception {
    List<JobEdge> edges = new ArrayList<>();
    for (JobVertex vertex : graph(partitions, first, second).getJobGraph().getVertices()) {
      edges.addAll(vertex.getInputs());
    }

    assertThat(edges)
        .filteredOn(edge -> edge.getTarget().getName().startsWith("sink"))
        .filteredOn(edge -> !edge.getSource().getProducer().getName().equals("dead letters"))
        .isNotEmpty();
    assertThat(edges)
        .filteredOn(edge -> !edge.getTarget().getName().equals("dead letters"))
        .filteredOn(edge -> !edge.getSource().getProducer().getName().equals("dead letters"))
        .extracting(JobEdge::getShipStrategyName)
        .containsOnly("CUSTOM");
  }

  @Test
  void aReplayCountsWhatItDoesUnderUidsOfItsOwn() throws Exception {
    assertThat(uids(replay(2, 2, null, 1)))
        .containsExactlyInAnyOrder(
            "source",
            "tally-read",
            "decode",
            "enrichment-e0",
            "tally-tokens",
            "encode",
            "tally-enriched",
            "dead-letters",
            "tally-rejected",
            "tally",
            "sink",
            "Sink Committer: sink");
    assertThat(uids(replay(2, 2, 10.0, 1))).contains("throttle");
  }

  @ParameterizedTest
  @CsvSource({
    // partitions, asked parallelism, parallelism of the source, whether there is a shuffle
    "1, 4, 1, true",
    "3, 4, 3, true",
    "3, 2, 2, false",
    "4, 4, 4, false",
  })
  void aReplaysPartitionsStayWholeAndItsParallelismIsTheAskedOne(
      int partitions, int asked, int source, boolean shuffle) throws Exception {
    StreamGraph graph = replay(partitions, asked, null, 7, 5);

    assertThat(node(graph, "source").getParallelism()).isEqualTo(source);
    assertThat(node(graph, "enrichment-e0").getParallelism()).isEqualTo(asked);
    assertThat(node(graph, "enrichment-e1").getParallelism()).isEqualTo(asked);
    assertThat(node(graph, "tally").getParallelism()).isEqualTo(1);
    assertThat(isDistributed(node(graph, "enrichment-e0"))).isEqualTo(shuffle);
    assertThat(isDistributed(node(graph, "enrichment-e1"))).isFalse();
  }

  private static StreamGraph replay(
      int partitions, int asked, @Nullable Double maxRate, int... parallelisms) throws Exception {
    List<PartitionRange> ranges = new ArrayList<>();
    for (int i = 0; i < partitions; i++) {
      ranges.add(new PartitionRange(i, 0, 10));
    }
    ReplayPlan plan =
        new ReplayPlan(
            "20260131-120000-k3f9",
            "test",
            "test.yaml",
            "digest",
            "cluster",
            new ReplayRange("in", ranges, null, null),
            new ReplayOptions("earliest", "now", null, asked, maxRate, null, false),
            Map.of());
    StreamExecutionEnvironment environment = environment();
    EnrichmentJob.build(environment, pipeline(parallelisms), topics(partitions), plan, null);
    return environment.getStreamGraph();
  }

  private static boolean isDistributed(StreamNode node) {
    return node.getInEdges().get(0).getPartitioner() instanceof CustomPartitionerWrapper;
  }

  private static List<String> uids(StreamGraph graph) {
    return graph.getStreamNodes().stream().map(StreamNode::getTransformationUID).toList();
  }

  private static StreamNode node(StreamGraph graph, String uid) {
    return graph.getStreamNodes().stream()
        .filter(node -> uid.equals(node.getTransformationUID()))
        .findFirst()
        .orElseThrow(() -> new AssertionError("No operator has the uid " + uid));
  }

  private static StreamGraph graph(int partitions, int... parallelisms) throws Exception {
    StreamExecutionEnvironment environment = environment();
    EnrichmentJob.build(environment, pipeline(parallelisms), topics(partitions));
    return environment.getStreamGraph();
  }

  private static StreamExecutionEnvironment environment() {
    return StreamExecutionEnvironment.createLocalEnvironment(2);
  }

  private static Topics topics(int partitions) {
    OutputTopic output = new OutputTopic(partitions, TopicLimits.DEFAULT);
    return new Topics("cluster", partitions, output, output);
  }

  /** Returns a pipeline of an enrichment for each parallelism; 0 states none. */
  private static Pipeline pipeline(int... parallelisms) throws ConfigurationException {
    StringBuilder enrichments = new StringBuilder();
    for (int i = 0; i < parallelisms.length; i++) {
      String parallelism = parallelisms[i] == 0 ? "" : ", parallelism: " + parallelisms[i];
      enrichments.append("  - {name: e%1$d, model: models/e%1$d%2$s}\n".formatted(i, parallelism));
    }
    return parse(
        """
        name: test
        source: {bootstrap-servers: "localhost:9092", topic: in}
        text: text
        enrichments:
        %ssink: {topic: out}
        dead-letters: {topic: dead}
        checkpoint-interval: 500ms
        """
            .formatted(enrichments));
  }

  private static Pipeline parse(String yaml) throws ConfigurationException {
    return Pipeline.parse("test.yaml", yaml, Substitution.none());
  }
}
