package io.winnow.operators.flink;

import io.winnow.operators.config.ConfigurationException;
import io.winnow.operators.flink.crash.CrashBreaker;
import io.winnow.operators.inference.InferenceException;
import io.winnow.operators.inference.SharedModels;
import io.winnow.operators.model.ModelBundle;
import io.winnow.operators.seal.GoldenCheck;
import io.winnow.operators.seal.GoldenPolicy;
import io.winnow.operators.task.AnswerCache;
import io.winnow.operators.task.AnswerCache.Answer;
import io.winnow.operators.task.Enricher;
import io.winnow.operators.text.JoinedText;
import io.winnow.operators.text.RejectedException;
import io.winnow.operators.text.TextPolicy;
import io.winnow.schemas.DeadLetter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.taskmanager.TaskManagerRuntimeInfo;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Enriches each event with the answers of one model, on the task's own thread, one event at a time.
 *
 * <p>It buffers nothing and so has no state: order, barriers and watermarks are Flink's. The model
 * is loaded once per process and shared by all subtasks.
 */
@SuppressWarnings("NullAway.Init") // the runtime fields live from open to close
final class SlmOperator extends AbstractStreamOperator<TextEvent>
    implements OneInputStreamOperator<TextEvent, TextEvent> {
  private static final long serialVersionUID = 1L;
  private static final Logger LOGGER = LoggerFactory.getLogger(SlmOperator.class);

  private final SlmOptions options;
  private final OutputTag<DeadLetter> rejected;

  private transient SharedModels.Lease lease;
  private transient Enricher enricher;
  private transient @Nullable AnswerCache cache;
  private transient String fingerprint;
  private transient Enrichments enrichments;
  private transient SlmMetrics slmMetrics;
  private transient CrashBreaker breaker;

  SlmOperator(
      StreamOperatorParameters<TextEvent> parameters,
      SlmOptions options,
      OutputTag<DeadLetter> rejected) {
    super(parameters);
    this.options = options;
    this.rejected = rejected;
  }

  @Override
  public void open() throws Exception {
    super.open();
    try {
      openModel();
    } catch (ConfigurationException | IOException | InferenceException e) {
      throw options.model().shown(e);
    }
  }

  private void openModel() throws Exception {
    long start = System.nanoTime();
    ModelBundle bundle = options.model().own(options.heads(), temporaryFolder());
    this.lease = SharedModels.ofProcess().acquire(bundle);
    checkMemory();
    this.enricher = new Enricher(bundle, lease.model());
    this.fingerprint = bundle.fingerprint();
    long cacheBytes = options.answerCacheBytes();
    this.cache =
        cacheBytes == 0
            ? null
            : lease.companion(AnswerCache.class, () -> new AnswerCache(cacheBytes));
    enricher.warmUp();
    checkGoldenRecords(bundle);
    this.enrichments = new Enrichments(options.enrichment(), bundle);
    this.slmMetrics = new SlmMetrics(getMetricGroup(), System.nanoTime() - start);
    this.breaker =
        CrashBreaker.open(
            options.crashes(),
            options.enrichment(),
            taskManager().getConfiguration().get(CheckpointingOptions.CHECKPOINTS_DIRECTORY),
            getContainingTask().getEnvironment().getExecutionId());
  }

  private void checkMemory() {
    Configuration taskManager =
        getContainingTask().getEnvironment().getTaskManagerInfo().getConfiguration();
    lease.once(
        MemoryCheck.class,
        model ->
            MemoryCheck.problem(taskManager, SharedModels.ofProcess()).ifPresent(LOGGER::warn));
  }

  /** Subtasks of the same model share the check as they share the model. */
  private void checkGoldenRecords(ModelBundle bundle) throws Exception {
    GoldenPolicy policy = options.goldenRecords();
    lease.<Exception>once(
        List.of(policy, bundle.seal()),
        model -> {
          Optional<String> mismatch = GoldenCheck.mismatch(bundle, model);
          if (mismatch.isPresent()) {
            policy.apply(mismatch.get(), this::warn);
          }
        });
  }

  private void warn(String message) {
    LOGGER.warn("Enrichment {}: {}", options.enrichment(), options.model().secrets().hide(message));
  }

  @Override
  public void processElement(StreamRecord<TextEvent> element) throws IOException {
    TextEvent event = element.getValue();
    try {
      JoinedText text = new JoinedText(event.fields());
      Answer answer = breaker.read(event.event().getSource(), () -> answer(text.text()));
      slmMetrics.enriched(answer);
      output.collect(element.replace(enrichments.added(event, text, answer.text())));
    } catch (RejectedException e) {
      slmMetrics.rejected(e.reason());
      DeadLetter letter = Rejections.deadLetter(event.event(), Stage.ENRICH, e);
      output.collect(rejected, element.replace(letter));
    }
  }

  private Answer answer(String text) throws RejectedException {
    TextPolicy.check(text, options.maxCharacters());
    return cache == null
        ? new Answer(enricher.enrich(text), false)
        : cache.answer(fingerprint, text, enricher::enrich);
  }

  @Override
  public void prepareSnapshotPreBarrier(long checkpointId) {
    breaker.barrier(checkpointId);
  }

  @Override
  public void notifyCheckpointComplete(long checkpointId) throws Exception {
    super.notifyCheckpointComplete(checkpointId);
    breaker.checkpointCompleted(checkpointId);
  }

  private Path temporaryFolder() {
    return taskManager().getTmpWorkingDirectory().toPath();
  }

  private TaskManagerRuntimeInfo taskManager() {
    return getContainingTask().getEnvironment().getTaskManagerInfo();
  }

  @Override
  public void close() throws Exception {
    if (breaker != null) {
      breaker.close();
    }
    if (lease != null) {
      lease.close();
    }
    super.close();
  }
}
