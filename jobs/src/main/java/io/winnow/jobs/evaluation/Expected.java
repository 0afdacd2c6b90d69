package io.winnow.jobs.evaluation;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * What a data set says of a text.
 *
 * @param findings in the order of the data set; what it says twice counts once
 */
public record Expected(AnswerKind kind, Set<Finding> findings) {
  public Expected {
    findings = Collections.unmodifiableSet(new LinkedHashSet<>(findings));
  }
}
