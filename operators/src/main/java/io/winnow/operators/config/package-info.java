/** Strict YAML: every problem at once, with its line and the nearest known key. */
@NullMarked
package io.winnow.operators.config;

import org.jspecify.annotations.NullMarked;
