package io.winnow.jobs.cli;

import io.winnow.operators.config.Nearest;
import io.winnow.operators.text.Reason;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Which dead letters a verb is about. */
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class LetterOptions {
  @Spec(Spec.Target.MIXEE)
  CommandSpec verb;

  @Option(
      names = "--reason",
      paramLabel = "REASON",
      description = "Only those of this reason, such as text-too-long; may be repeated.")
  List<String> reasons = new ArrayList<>();

  @Option(
      names = "--from",
      paramLabel = "BOUND",
      description = "Where the range of the dead-letter topic starts; default: earliest.")
  String from = "earliest";

  @Option(
      names = "--to",
      paramLabel = "BOUND",
      description = "Where it ends; not part of it; default: now.")
  String to = "now";

  void check() {
    List<String> known = Arrays.stream(Reason.values()).map(Reason::code).toList();
    for (String reason : reasons) {
      if (!known.contains(reason)) {
        throw new ParameterException(
            verb.commandLine(),
            "Expected a reason of dead letters with --reason, one of %s, found '%s'%s"
                .formatted(String.join(", ", known), reason, Nearest.hint(reason, known)));
      }
    }
  }
}
