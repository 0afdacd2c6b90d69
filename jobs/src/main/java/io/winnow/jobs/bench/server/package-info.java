/** A model server on this machine and its client, for a comparison. */
@NullMarked
package io.winnow.jobs.bench.server;

import org.jspecify.annotations.NullMarked;
