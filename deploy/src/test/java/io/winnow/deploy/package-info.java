/** What a newcomer does, done by tests. */
@NullMarked
package io.winnow.deploy;

import org.jspecify.annotations.NullMarked;
