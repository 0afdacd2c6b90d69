/** How good answers are: labelled data, scores, and what two models say of the same texts. */
@NullMarked
package io.winnow.jobs.evaluation;

import org.jspecify.annotations.NullMarked;
