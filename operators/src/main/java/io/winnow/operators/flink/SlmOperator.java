package io.winnow.operators.flink;

import io.winnow.operators.config.ConfigurationException;
import io.winnow.operators.flink.crash.CrashBreaker;
import io.winnow.operators.inference.InferenceException;
import io.winnow.operators.inference.SharedModels;
import io.winnow.operators.model.ModelBundle;
import io.winnow.operators.seal.GoldenCheck;
import io.winnow.operators.seal.GoldenPolicy;
import io.winnow.operators.task.AnswerCache.Answer;
import io.winnow.operators.task.Outcome;
import io.winnow.operators.text.JoinedText;
import io.winnow.operators.text.RejectedException;
import io.winnow.schemas.DeadLetter;
import io.winnow.schemas.SourcePosition;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ScheduledFuture;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.taskmanager.TaskManagerRuntimeInfo;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.tasks.ProcessingTimeService;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Enriches each event with the answers of one model, on the task's own thread: one event at a time,
 * or some that share forward passes.
 *
 * <p>Events that wait for others are enriched before a barrier, a watermark or the end goes on, so
 * it has no state, and order is Flink's. The model is loaded once per process and shared by all
 * subtasks.
 */
@SuppressWarnings("NullAway.Init") // the runtime fields live from open to close
final class SlmOperator extends AbstractStreamOperator<TextEvent>
    implements OneInputStreamOperator<TextEvent, TextEvent> {
  private static final long serialVersionUID = 1L;
  private static final Logger LOGGER = LoggerFactory.getLogger(SlmOperator.class);

  private final SlmOptions options;
  private final OutputTag<DeadLetter> rejected;

  private transient SharedModels.Lease lease;
  private transient Answers answers;
  private transient Enrichments enrichments;
  private transient SlmMetrics slmMetrics;
  private transient CrashBreaker breaker;
  private final transient WaitingEvents waiting = new WaitingEvents();
  private transient @Nullable ScheduledFuture<?> latest; // when they are enriched at the latest

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
    options.batching().require(bundle);
    this.lease = SharedModels.ofProcess().acquire(bundle, options.batching().budget(bundle));
    checkMemory();
    this.answers = new Answers(options, bundle, lease);
    answers.enricher().warmUp();
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
    if (!options.batching().sorted()) {
      enrich(element);
      return;
    }
    if (waiting.isEmpty()) {
      ProcessingTimeService clock = getProcessingTimeService();
      long at = clock.getCurrentProcessingTime() + options.batching().maxWait().toMillis();
      latest = clock.registerTimer(at, time -> enrichWaiting());
    }
    waiting.add(element);
    if (waiting.isFull()) {
      enrichWaiting();
    }
  }

  private void enrichWaiting() throws IOException {
    if (latest != null) {
      latest.cancel(false);
      latest = null;
    }
    List<StreamRecord<TextEvent>> events = waiting.take();
    if (events.isEmpty()) {
      return;
    }
    if (breaker.isCareful()) { // which one kills the process shows only if each runs alone
      for (StreamRecord<TextEvent> event : events) {
        enrich(event);
      }
    } else {
      enrichTogether(events);
    }
  }

  private void enrich(StreamRecord<TextEvent> element) throws IOException {
    JoinedText text = text(element);
    try {
      SourcePosition source = element.getValue().event().getSource();
      emit(element, text, breaker.read(source, () -> answers.of(text.text())));
    } catch (RejectedException e) {
      reject(element, e);
    }
  }

  private void enrichTogether(List<StreamRecord<TextEvent>> elements) {
    List<JoinedText> texts = elements.stream().map(SlmOperator::text).toList();
    List<Outcome> outcomes = answers.of(texts.stream().map(JoinedText::text).toList());
    for (int i = 0; i < elements.size(); i++) {
      try {
        emit(elements.get(i), texts.get(i), outcomes.get(i).orThrow());
      } catch (RejectedException e) {
        reject(elements.get(i), e);
      }
    }
  }

  private static JoinedText text(StreamRecord<TextEvent> element) {
    return new JoinedText(element.getValue().fields());
  }

  private void emit(StreamRecord<TextEvent> element, JoinedText text, Answer answer) {
    slmMetrics.enriched(answer);
    output.collect(element.replace(enrichments.added(element.getValue(), text, answer.text())));
  }

  private void reject(StreamRecord<TextEvent> element, RejectedException rejection) {
    slmMetrics.rejected(rejection.reason());
    DeadLetter letter = Rejections.deadLetter(element.getValue().event(), Stage.ENRICH, rejection);
    output.collect(rejected, element.replace(letter));
  }

  @Override
  public void processWatermark(Watermark mark) throws Exception {
    enrichWaiting();
    super.processWatermark(mark);
  }

  @Override
  public void prepareSnapshotPreBarrier(long checkpointId) throws Exception {
    enrichWaiting();
    breaker.barrier(checkpointId);
  }

  @Override
  public void finish() throws Exception {
    enrichWaiting();
    super.finish();
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
