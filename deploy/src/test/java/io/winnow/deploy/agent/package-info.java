/** What tests bring into other processes; it knows nothing of them but names. */
@NullMarked
package io.winnow.deploy.agent;

import org.jspecify.annotations.NullMarked;
