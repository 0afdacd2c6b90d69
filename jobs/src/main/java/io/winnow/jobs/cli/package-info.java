/** The command line: one class for each verb. */
@NullMarked
package io.winnow.jobs.cli;

import org.jspecify.annotations.NullMarked;
