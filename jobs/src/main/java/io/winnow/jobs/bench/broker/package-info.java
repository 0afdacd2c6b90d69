/** Topics of a run on a broker in this process, and what is to be known of them. */
@NullMarked
package io.winnow.jobs.bench.broker;

import org.jspecify.annotations.NullMarked;
