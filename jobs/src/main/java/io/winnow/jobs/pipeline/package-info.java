/** The pipeline file: everything a user says about a job. */
@NullMarked
package io.winnow.jobs.pipeline;

import org.jspecify.annotations.NullMarked;
