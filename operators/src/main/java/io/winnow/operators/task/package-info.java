/** From logits to labels and spans. */
@NullMarked
package io.winnow.operators.task;

import org.jspecify.annotations.NullMarked;
