/**
 * The demo: Kafka and Flink in one process, sample events, and records as people like to read them.
 */
@NullMarked
package io.winnow.jobs.demo;

import org.jspecify.annotations.NullMarked;
