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
    return offered.stream()
        .filter(head -> options.heads().isEmpty() || options.heads().contains(head.name()))
        .map(options::applyTo)
        .toList();
  }
}
