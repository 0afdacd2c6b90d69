/** Bundles that answer the texts of a data set, one by one as the operator does. */
@NullMarked
package io.winnow.jobs.trial;

import org.jspecify.annotations.NullMarked;
