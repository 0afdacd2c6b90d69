/** From the bytes of a Kafka record to a text event, and back to bytes. */
@NullMarked
package io.winnow.jobs.format;

import org.jspecify.annotations.NullMarked;
