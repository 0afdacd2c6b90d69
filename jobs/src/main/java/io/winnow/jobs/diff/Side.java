package io.winnow.jobs.diff;

/** One of two topics. */
enum Side {
  A,
  B;

  Side other() {
    return this == A ? B : A;
  }
}
