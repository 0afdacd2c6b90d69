package io.winnow.jobs.bench.text;

import io.winnow.jobs.bench.BenchText;
import io.winnow.jobs.bench.WorkloadKind;
import io.winnow.operators.text.RejectedException;
import java.util.ArrayList;
import java.util.List;

/**
 * Texts of one kind, as many as are asked for.
 *
 * <p>Not thread-safe.
 */
public final class Workload {
  private final WorkloadKind kind;
  private final TextSupply supply;
  private final List<BenchText> texts = new ArrayList<>();

  Workload(WorkloadKind kind, TextSupply supply) {
    this.kind = kind;
    this.supply = supply;
  }

  public WorkloadKind kind() {
    return kind;
  }

  /**
   * Tells whether a cache of answers may be used: texts of a file come over and over, which says
   * nothing of how often they come again in life.
   */
  public boolean mayBeCached() {
    return kind != WorkloadKind.OWN;
  }

  /** Returns the first texts: the same ones at each call. */
  public List<BenchText> first(int count) throws RejectedException {
    while (texts.size() < count) {
      texts.add(supply.next());
    }
    return List.copyOf(texts.subList(0, count));
  }

  /** Gives texts, one after the other and without end. */
  interface TextSupply {
    BenchText next() throws RejectedException;
  }
}
