/** Counts what goes through a job that ends, and holds it to a rate. */
@NullMarked
package io.winnow.jobs.tally;

import org.jspecify.annotations.NullMarked;
