/** Finds in an enriched topic the events that other models than the present ones enriched. */
@NullMarked
package io.winnow.jobs.stale;

import org.jspecify.annotations.NullMarked;
