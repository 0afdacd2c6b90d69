/** The model bundle: a folder with a graph, a tokenizer and what they say of themselves. */
@NullMarked
package io.winnow.operators.model;

import org.jspecify.annotations.NullMarked;
