/** What evaluations and comparisons leave: JSON, and pages that need nothing but a browser. */
@NullMarked
package io.winnow.jobs.report;

import org.jspecify.annotations.NullMarked;
