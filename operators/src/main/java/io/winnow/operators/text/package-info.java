/** Text and its tokens: what may be read, and where each token lies. */
@NullMarked
package io.winnow.operators.text;

import org.jspecify.annotations.NullMarked;
