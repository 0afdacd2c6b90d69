/** What bench measures: rounds over texts, and the results of those who answer them. */
@NullMarked
package io.winnow.jobs.bench;

import org.jspecify.annotations.NullMarked;
