/** Those who answer texts, each built as it would be built in life, and the run over them all. */
@NullMarked
package io.winnow.jobs.bench.contender;

import org.jspecify.annotations.NullMarked;
