/** Dead letters: what a topic holds of them, and which of them go back through the pipeline. */
@NullMarked
package io.winnow.jobs.redrive;

import org.jspecify.annotations.NullMarked;
