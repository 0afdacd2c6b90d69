package io.winnow.jobs.evaluation;

import io.winnow.operators.config.Nearest;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Finds the head that each line of a data set is about: the one that it names. Those that name none
 * and have the same kind of answers are together about the only head whose answers, and if need be
 * whose labels, fit. A line without labels is about every head.
 */
final class HeadAssignment {
  private static final int LABELS_TOLD = 8;

  private final Targets targets;
  private final LineProblems problems;
  private final Map<Target, List<Example>> assigned = new LinkedHashMap<>();
  private final Map<AnswerKind, List<Example>> unnamed = new EnumMap<>(AnswerKind.class);
  private int skipped;

  HeadAssignment(Targets targets, LineProblems problems) {
    this.targets = targets;
    this.problems = problems;
    targets.asked().forEach(target -> assigned.put(target, new ArrayList<>()));
  }

  void add(Example example) {
    if (example.head().isPresent()) {
      addNamed(example, example.head().get());
    } else if (example.expected().isPresent()) {
      AnswerKind kind = example.expected().get().kind();
      unnamed.computeIfAbsent(kind, k -> new ArrayList<>()).add(example);
    } else {
      assigned.values().forEach(examples -> examples.add(example));
    }
  }

  private void addNamed(Example example, String head) {
    Optional<Target> target = targets.named(head);
    if (target.isPresent()) {
      assign(example, target.get());
    } else if (targets.isOther(head)) {
      skipped++;
    } else {
      List<String> known = targets.all().stream().map(Target::head).toList();
      problems.add(
          example.line(),
          "expected a head of %s, found '%s'%s".formatted(known, head, Nearest.hint(head, known)));
    }
  }

  /** Returns the lines of each head that has any, once all were added. */
  List<HeadExamples> finish() {
    unnamed.forEach(
        (kind, examples) ->
            choose(kind, examples)
                .ifPresent(target -> examples.forEach(example -> assign(example, target))));
    unnamed.clear();
    return assigned.entrySet().stream()
        .filter(entry -> !entry.getValue().isEmpty())
        .map(entry -> new HeadExamples(entry.getKey(), entry.getValue()))
        .toList();
  }

  /** Returns the number of lines about heads that are not measured, once all were assigned. */
  int skipped() {
    return skipped;
  }

  private Optional<Target> choose(AnswerKind kind, List<Example> examples) {
    List<Target> candidates =
        targets.asked().stream().filter(target -> target.kind() == kind).toList();
    if (candidates.size() == 1) {
      return Optional.of(candidates.get(0));
    }
    if (candidates.isEmpty()) {
      leaveOut(kind, examples);
      return Optional.empty();
    }
    Set<String> labels = labels(examples);
    List<Target> fitting = candidates.stream().filter(t -> t.labels().containsAll(labels)).toList();
    if (fitting.size() == 1) {
      return Optional.of(fitting.get(0));
    }
    problems.add(
        fitting.isEmpty() ? noneFits(kind, candidates, labels) : severalFit(kind, fitting));
    return Optional.empty();
  }

  /** Skips lines that only a head can answer that is not measured; without one they are wrong. */
  private void leaveOut(AnswerKind kind, List<Example> examples) {
    if (targets.isOther(kind)) {
      skipped += examples.size();
      return;
    }

    for (Example example : examples) {
      problems.add(
          example.line(),
          "found %s, but no head has such answers: %s".formatted(kind.field(), answers()));
    }
  }

  private String answers() {
    return targets.all().stream()
        .map(target -> "%s gives %s".formatted(target.head(), target.kind().field()))
        .collect(Collectors.joining(", "));
  }

  private static String severalFit(AnswerKind kind, List<Target> fitting) {
    return "the lines with %s fit the heads %s alike; choose one with --head, or name it in each line as \"head\""
        .formatted(kind.field(), heads(fitting));
  }

  private static String noneFits(AnswerKind kind, List<Target> candidates, Set<String> labels) {
    String lacking =
        candidates.stream()
            .map(target -> "%s lacks '%s'".formatted(target.head(), firstLacking(target, labels)))
            .collect(Collectors.joining(", "));
    return "the lines with %s fit none of the heads %s: %s; choose one with --head to see all that it lacks"
        .formatted(kind.field(), heads(candidates), lacking);
  }

  private static String firstLacking(Target target, Set<String> labels) {
    return labels.stream()
        .filter(label -> !target.labels().contains(label))
        .sorted()
        .findFirst()
        .orElseThrow();
  }

  private static String heads(List<Target> targets) {
    return targets.stream().map(Target::head).collect(Collectors.joining(" and "));
  }

  private static Set<String> labels(List<Example> examples) {
    Set<String> labels = new HashSet<>();
    for (Example example : examples) {
      example.expected().ifPresent(e -> e.findings().forEach(f -> labels.add(f.label())));
    }
    return labels;
  }

  /** Gives a line to a head if it fits. */
  private void assign(Example example, Target target) {
    if (example.expected().isPresent()) {
      Expected expected = example.expected().get();
      if (expected.kind() != target.kind()) {
        problems.add(
            example.line(),
            "expected %s for the head %s, found %s"
                .formatted(target.kind().field(), target.head(), expected.kind().field()));
        return;
      }
      expected.findings().stream()
          .map(Finding::label)
          .filter(label -> !target.labels().contains(label))
          .forEach(label -> problems.add(example.line(), unknown(label, target)));
    }
    assigned.computeIfAbsent(target, t -> new ArrayList<>()).add(example);
  }

  private static String unknown(String label, Target target) {
    String hint = Nearest.hint(label, target.labels());
    return "the head %s has no label '%s'%s"
        .formatted(target.head(), label, hint.isEmpty() ? known(target) : hint);
  }

  private static String known(Target target) {
    String first = target.labels().stream().limit(LABELS_TOLD).collect(Collectors.joining(", "));
    int more = target.labels().size() - LABELS_TOLD;
    return "; it has %s%s".formatted(first, more > 0 ? ", and %d more".formatted(more) : "");
  }
}
