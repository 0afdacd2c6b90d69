/**
 * A text model in DJL's own way, for a comparison: nothing that Winnow itself runs on. It is absent
 * from a cluster.
 */
@NullMarked
package io.winnow.jobs.bench.djl;

import org.jspecify.annotations.NullMarked;
