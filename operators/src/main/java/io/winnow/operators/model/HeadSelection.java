package io.winnow.operators.model;

import java.util.List;

/** Chooses the heads that a pipeline asks for, with its own options. */
record HeadSelection(List<Head> offered, HeadOptions options, List<String> problems) {

  List<Head> heads() {
    List<String> names = offered.stream().map(Head::name).toList();
    for (String asked : options.heads()) {
      if (!offered.isEmpty() && !names.contains(asked)) {
        problems.add("Expected a head of %s, found %s".formatted(names, asked));
      }
    }
    List<Head> heads =
        offered.stream()
            .filter(head -> options.heads().isEmpty() || options.heads().contains(head.name()))
            .map(options::applyTo)
            .toList();
    if (options.topK() != null) {
      requireOne(heads, Task.TEXT_CLASSIFICATION, "top-k");
    }
    if (options.aggregation() != null) {
      requireOne(heads, Task.TOKEN_CLASSIFICATION, "aggregation");
    }
    return heads;
  }

  /** Notes a problem where an option is asked of heads of which none looks at it. */
  private void requireOne(List<Head> heads, Task task, String option) {
    if (!heads.isEmpty() && heads.stream().noneMatch(head -> head.task() == task)) {
      problems.add(
          "Expected %s with heads for %s only, but there are only %s; remove it"
              .formatted(option, task.code(), heads.stream().map(Head::name).toList()));
    }
  }
}
