/** The demo: Kafka and Flink in one process, with sample events. */
@NullMarked
package io.winnow.jobs.demo;

import org.jspecify.annotations.NullMarked;
