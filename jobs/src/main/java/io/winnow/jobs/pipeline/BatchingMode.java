package io.winnow.jobs.pipeline;

/** Words of the pipeline file for how events run through a model. */
enum BatchingMode {
  EXACT,
  SORTED
}
