/** What people see in a terminal: events, findings and dead letters, safe to print. */
@NullMarked
package io.winnow.jobs.display;

import org.jspecify.annotations.NullMarked;
