/** A client of schema registries with Confluent's REST API. */
@NullMarked
package io.winnow.jobs.registry;

import org.jspecify.annotations.NullMarked;
