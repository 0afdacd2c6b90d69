/** The Flink operator; the only package that knows Flink. */
@NullMarked
package io.winnow.operators.flink;

import org.jspecify.annotations.NullMarked;
