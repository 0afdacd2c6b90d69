/** Replays: a range of a topic, what is known of it, and what is kept of each replay. */
@NullMarked
package io.winnow.jobs.replay;

import org.jspecify.annotations.NullMarked;
