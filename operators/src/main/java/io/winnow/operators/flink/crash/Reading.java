package io.winnow.operators.flink.crash;

import io.winnow.operators.text.RejectedException;

/** What native code does with a record, and may not survive. */
@FunctionalInterface
public interface Reading<T> {
  T read() throws RejectedException;
}
