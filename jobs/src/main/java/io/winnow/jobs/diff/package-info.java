/** What two enriched topics say of the same records of their source. */
@NullMarked
package io.winnow.jobs.diff;

import org.jspecify.annotations.NullMarked;
