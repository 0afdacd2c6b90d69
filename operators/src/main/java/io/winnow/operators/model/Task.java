package io.winnow.operators.model;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a head does, by the name that Hugging Face gives its pipeline. */
public enum Task {
  TEXT_CLASSIFICATION("ForSequenceClassification"),
  TOKEN_CLASSIFICATION("ForTokenClassification");

  private final String architecture;

  Task(String architecture) {
    this.architecture = architecture;
  }

  /** Returns the name of the pipeline, such as {@code text-classification}. */
  public String code() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Returns the task of a model class, such as {@code BertForTokenClassification}. */
  static Optional<Task> ofArchitecture(String modelClass) {
    return Arrays.stream(values()).filter(t -> modelClass.endsWith(t.architecture)).findFirst();
  }
}
