/** The Kafka boundary: records in, records out, and the checks before a job starts. */
@NullMarked
package io.winnow.jobs.kafka;

import org.jspecify.annotations.NullMarked;
