/** Texts of the lengths that a workload asks for. */
@NullMarked
package io.winnow.jobs.bench.text;

import org.jspecify.annotations.NullMarked;
