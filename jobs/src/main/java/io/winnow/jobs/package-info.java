/** Jobs: a pipeline as a Flink job, and what a job in this process needs. */
@NullMarked
package io.winnow.jobs;

import org.jspecify.annotations.NullMarked;
