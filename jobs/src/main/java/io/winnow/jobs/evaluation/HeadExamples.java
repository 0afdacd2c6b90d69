package io.winnow.jobs.evaluation;

import java.util.List;

/** The lines of a data set that are about one head. */
public record HeadExamples(Target target, List<Example> examples) {
  public HeadExamples {
    examples = List.copyOf(examples);
  }
}
