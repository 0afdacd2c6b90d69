/** What a pipeline needs: a sample of its texts, a measurement, and the arithmetic. */
@NullMarked
package io.winnow.jobs.plan;

import org.jspecify.annotations.NullMarked;
