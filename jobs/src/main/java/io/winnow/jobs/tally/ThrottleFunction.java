package io.winnow.jobs.tally;

import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichMapFunction;

/**
 * Passes elements on at a rate that all its subtasks share evenly. It waits on the task's thread:
 * back pressure does the rest, and a barrier waits for one element at the most.
 */
@SuppressWarnings("NullAway.Init") // the pace lives from open on
public final class ThrottleFunction<T> extends RichMapFunction<T, T> {
  private static final long serialVersionUID = 1L;
  private static final long WORTH_A_SLEEP_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

  private final double perSecond;
  private transient Pace pace;

  /**
   * Creates a function.
   *
   * @param perSecond elements a second at the most, of all subtasks
   */
  public ThrottleFunction(double perSecond) {
    this.perSecond = perSecond;
  }

  @Override
  public void open(OpenContext context) {
    int subtasks = getRuntimeContext().getTaskInfo().getNumberOfParallelSubtasks();
    this.pace = new Pace(perSecond / subtasks, System.nanoTime());
  }

  @Override
  public T map(T element) throws InterruptedException {
    long nanos = pace.next(System.nanoTime());
    if (nanos >= WORTH_A_SLEEP_NANOS) {
      TimeUnit.NANOSECONDS.sleep(nanos);
    }
    return element;
  }
}
