package io.winnow.jobs.bench.server;

import io.winnow.jobs.bench.PaddedBatch;
import io.winnow.operators.inference.InferenceException;
import io.winnow.operators.inference.LoadedModel;
import io.winnow.operators.model.ModelBundle;
import io.winnow.operators.text.RejectedException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;

/** Runs a model on the texts that have queued up, without waiting for more. */
final class ModelWorker implements Runnable {
  private static final int MOST_TEXTS = 8;

  private final BlockingQueue<TextRequest> queue;
  private final PaddedBatch batch;

  ModelWorker(BlockingQueue<TextRequest> queue, ModelBundle bundle, LoadedModel model) {
    this.queue = queue;
    this.batch = new PaddedBatch(bundle, model);
  }

  /** Works until its thread is interrupted. */
  @Override
  public void run() {
    try {
      while (true) {
        List<TextRequest> requests = new ArrayList<>();
        requests.add(queue.take());
        queue.drainTo(requests, MOST_TEXTS - 1);
        answer(requests);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // the server closes
    }
  }

  private void answer(List<TextRequest> requests) {
    try {
      List<String> labels = batch.labels(requests.stream().map(TextRequest::text).toList());
      for (int i = 0; i < requests.size(); i++) {
        requests.get(i).answer(labels.get(i));
      }
    } catch (RejectedException | InferenceException e) {
      requests.forEach(request -> fail(request, e));
    } catch (IOException e) {
      throw new UncheckedIOException("A client of the model server is gone", e);
    }
  }

  private static void fail(TextRequest request, Exception why) {
    try {
      request.fail(why);
    } catch (IOException e) {
      throw new UncheckedIOException("A client of the model server is gone", e);
    }
  }
}
