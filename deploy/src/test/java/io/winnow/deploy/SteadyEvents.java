package io.winnow.deploy;

import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;

/** Events that go on coming whatever happens, so that a fault always meets a stream. */
final class SteadyEvents {
  private static final int EVENTS = 10; // so few that a slow machine works off what waits besides
  private static final long PAUSE_MILLIS = 400;

  private SteadyEvents() {}

  /**
   * Puts events in while something happens, and returns what that returns.
   *
   * @param meanwhile puts no events in itself
   */
  static <T> T during(PipelineTopics topics, Callable<T> meanwhile) throws Exception {
    CountDownLatch end = new CountDownLatch(1);
    FutureTask<Integer> producing = new FutureTask<>(() -> produce(topics, end));
    Thread thread = new Thread(producing, "steady-events");
    thread.setDaemon(true);
    thread.start();
    T result;
    try {
      result = meanwhile.call();
    } finally {
      end.countDown();
    }
    producing.get();
    return result;
  }

  private static int produce(PipelineTopics topics, CountDownLatch end) throws Exception {
    int events = 0;
    while (!end.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS)) {
      topics.produce(EVENTS);
      events += EVENTS;
    }
    return events;
  }
}
