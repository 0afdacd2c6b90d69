package io.winnow.jobs.bench.contender;

import io.winnow.jobs.bench.Answer;
import io.winnow.jobs.bench.BenchText;
import io.winnow.jobs.bench.ContenderKind;
import io.winnow.jobs.bench.Query;
import io.winnow.jobs.bench.broker.BenchTopics;
import io.winnow.jobs.bench.djl.DjlFunction;
import io.winnow.jobs.bench.server.ModelServer;
import io.winnow.jobs.bench.server.ServerFunction;
import io.winnow.operators.flink.Batching;
import io.winnow.operators.inference.InferenceException;
import io.winnow.operators.inference.LoadedModel;
import io.winnow.operators.model.ModelBundle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.datastream.AsyncDataStream;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.util.FileUtils;
import org.apache.flink.util.IOUtils;
import org.jspecify.annotations.Nullable;

/** Makes contenders, and keeps what they share: a Flink cluster, a broker and a model server. */
final class Contenders implements AutoCloseable {
  private static final int ASYNC_CAPACITY = 100;
  private static final long ASYNC_TIMEOUT_SECONDS = 300; // of a machine that is busy
  private static final long DEFAULT_CHECKPOINT_MILLIS = 10_000; // of a pipeline
  private static final long LEAST_CHECKPOINT_MILLIS = 500;
  private static final int CHECKPOINTS_OF_A_ROUND = 2;
  // At once, those that idle included.
  private static final int JOBS = ContenderKind.values().length + PipelineContender.JOBS;
  static final Batching SORTED = Batching.sorted(Batching.DEFAULT_WAIT);

  private final BenchPlan plan;
  private final ModelBundle bundle;
  private final LoadedModel model;
  private final Path folder;
  private final Map<ContenderKind, Contender> made = new EnumMap<>(ContenderKind.class);
  private @Nullable BenchCluster cluster;
  private @Nullable BenchTopics topics;
  private @Nullable LoadedModel serverModel;
  private @Nullable ModelServer server;

  /**
   * Creates a maker.
   *
   * @param model that of the bundle; whoever opened it closes it
   */
  Contenders(BenchPlan plan, ModelBundle bundle, LoadedModel model) throws IOException {
    this.plan = plan;
    this.bundle = bundle;
    this.model = model;
    this.folder = Files.createTempDirectory("winnow-bench-");
  }

  Contender of(ContenderKind kind) throws Exception {
    Contender contender = made.get(kind);
    if (contender == null) {
      contender = make(kind);
      made.put(kind, contender);
    }
    return contender;
  }

  private Contender make(ContenderKind kind) throws Exception {
    return switch (kind) {
      case BARE -> new BareContender(bundle, model, plan.cores());
      case BARE_ONE_THREAD -> new BareContender(bundle, model, 1);
      case OPERATOR -> operator(plan.cores(), true, Batching.EXACT);
      case OPERATOR_ONE_SLOT -> operator(1, true, Batching.EXACT);
      case OPERATOR_UNCACHED -> operator(plan.cores(), false, Batching.EXACT);
      case OPERATOR_SORTED -> operator(plan.cores(), true, SORTED);
      case PIPELINE -> pipeline();
      case DJL -> mapped(DjlFunction.asIntroduced(plan.bundle()));
      case DJL_ONE_THREAD -> mapped(DjlFunction.withOneThread(plan.bundle()));
      case BATCHES -> ofFirstWindows((queries, cached) -> batched(queries));
      case SERVER -> served(server());
    };
  }

  private Contender operator(int slots, boolean cached, Batching batching) throws Exception {
    FlinkContender.Answering answering = new OperatorAnswering(plan.bundle(), cached, batching);
    return new FlinkContender(cluster(), slots, answering, BenchText::tokens);
  }

  /** Makes one that reads the first window of a text only. */
  private Contender ofFirstWindows(FlinkContender.Answering answering) throws Exception {
    return new FlinkContender(cluster(), plan.cores(), answering, BenchText::firstWindowTokens);
  }

  private Contender mapped(DjlFunction function) throws Exception {
    return ofFirstWindows((queries, cached) -> queries.map(function));
  }

  private DataStream<Answer> batched(DataStream<Query> queries) {
    return queries.transform(
        "batches", TypeInformation.of(Answer.class), new BatchOperator(plan.bundle()));
  }

  private Contender served(ModelServer running) throws Exception {
    return ofFirstWindows(
        (queries, cached) ->
            AsyncDataStream.unorderedWait(
                queries,
                new ServerFunction(running.uri()),
                ASYNC_TIMEOUT_SECONDS,
                TimeUnit.SECONDS,
                ASYNC_CAPACITY));
  }

  private Contender pipeline() throws Exception {
    if (topics == null) {
      topics = BenchTopics.start(folder.resolve("kafka"), plan.cores());
    }
    PipelineJobs jobs =
        new PipelineJobs(
            cluster(),
            topics.bootstrapServers(),
            plan.bundle(),
            plan.cores(),
            checkpointInterval(plan.roundTime()));
    return new PipelineContender(jobs, topics);
  }

  private static Duration checkpointInterval(Duration roundTime) {
    long millis = roundTime.toMillis() / CHECKPOINTS_OF_A_ROUND;
    return Duration.ofMillis(
        Math.max(LEAST_CHECKPOINT_MILLIS, Math.min(DEFAULT_CHECKPOINT_MILLIS, millis)));
  }

  private BenchCluster cluster() throws Exception {
    if (cluster == null) {
      cluster = BenchCluster.start(JOBS * plan.cores(), folder.resolve("checkpoints"));
    }
    return cluster;
  }

  private ModelServer server() throws IOException, InferenceException {
    if (server == null) {
      serverModel = LoadedModel.openForBatches(bundle);
      server = ModelServer.start(bundle, serverModel, plan.cores());
    }
    return server;
  }

  /** Ends what they shared, and deletes its files. */
  @Override
  public void close() {
    IOUtils.closeAllQuietly(made.values());
    IOUtils.closeAllQuietly(cluster, topics, server, serverModel);
    FileUtils.deleteDirectoryQuietly(folder.toFile());
  }
}
