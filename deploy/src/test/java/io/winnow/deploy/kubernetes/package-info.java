/** The Kubernetes manifests, held against the operator's and Flink's own classes; no cluster. */
@NullMarked
package io.winnow.deploy.kubernetes;

import org.jspecify.annotations.NullMarked;
