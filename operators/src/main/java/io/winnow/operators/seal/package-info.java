/** The seal of a bundle: its golden records, and whether its answers depend on the batch. */
@NullMarked
package io.winnow.operators.seal;

import org.jspecify.annotations.NullMarked;
