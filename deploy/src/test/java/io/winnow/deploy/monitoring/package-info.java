/** The alert rules and the dashboard, held against the metrics that there are. */
@NullMarked
package io.winnow.deploy.monitoring;

import org.jspecify.annotations.NullMarked;
