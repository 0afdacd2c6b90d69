package io.winnow.jobs.redrive;

import io.winnow.jobs.format.OutputRecord;

/** What the pipeline made of a dead letter, and the mark that says so: both or neither. */
public record Redriven(OutputRecord output, LetterId id, Mark mark) {}
