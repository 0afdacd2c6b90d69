package io.winnow.jobs.bench.contender;

import io.winnow.jobs.bench.Answer;
import io.winnow.jobs.bench.PaddedBatch;
import io.winnow.jobs.bench.Query;
import io.winnow.operators.inference.InferenceException;
import io.winnow.operators.inference.LoadedModel;
import io.winnow.operators.model.BundleReader;
import io.winnow.operators.model.HeadOptions;
import io.winnow.operators.model.ModelBundle;
import io.winnow.operators.text.RejectedException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.tasks.ProcessingTimeService;

/**
 * Collects texts and runs them at once, padded to the longest: what most people write first. When
 * none comes for a while, those that wait are run.
 */
@SuppressWarnings("NullAway.Init") // the runtime fields live from open to close
final class BatchOperator extends AbstractStreamOperator<Answer>
    implements OneInputStreamOperator<Query, Answer> {
  private static final long serialVersionUID = 1L;
  static final int TEXTS = 32;
  private static final long WAIT_MILLIS = 500;

  private final String folder;

  private transient LoadedModel model;
  private transient PaddedBatch batch;
  private transient List<Query> waiting;
  private transient int taken;

  BatchOperator(Path folder) {
    this.folder = folder.toString();
  }

  @Override
  public void open() throws Exception {
    super.open();
    ModelBundle bundle = BundleReader.read(Path.of(folder), HeadOptions.NONE);
    this.model = LoadedModel.openForBatches(bundle);
    this.batch = new PaddedBatch(bundle, model);
    this.waiting = new ArrayList<>(TEXTS);
    lookAfterAWhile();
  }

  private void lookAfterAWhile() {
    int before = taken;
    ProcessingTimeService timers = getProcessingTimeService();
    var unused =
        timers.registerTimer(
            timers.getCurrentProcessingTime() + WAIT_MILLIS,
            time -> {
              if (taken == before) {
                flush();
              }
              lookAfterAWhile();
            });
  }

  @Override
  public void processElement(StreamRecord<Query> element) throws Exception {
    taken++;
    waiting.add(element.getValue());
    if (waiting.size() == TEXTS) {
      flush();
    }
  }

  private void flush() throws RejectedException, InferenceException {
    if (waiting.isEmpty()) {
      return;
    }
    List<String> labels = batch.labels(waiting.stream().map(Query::text).toList());
    for (int i = 0; i < labels.size(); i++) {
      output.collect(new StreamRecord<>(new Answer(waiting.get(i).index(), labels.get(i))));
    }
    waiting.clear();
  }

  @Override
  public void close() throws Exception {
    if (model != null) {
      model.close();
    }
    super.close();
  }
}
