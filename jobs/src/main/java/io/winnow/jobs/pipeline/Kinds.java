package io.winnow.jobs.pipeline;

import io.winnow.operators.config.Kind;
import java.util.regex.Pattern;

/** Values that several sections of a pipeline file share. */
final class Kinds {
  static final String TOPIC_PATTERN = "(?!\\.{1,2}$)[A-Za-z0-9._-]{1,249}";

  static final Kind<String> NAME =
      matching("a name of letters, digits, '.', '_' and '-'", "[A-Za-z0-9][A-Za-z0-9._-]*");
  static final Kind<String> TOPIC =
      matching("a topic name of at most 249 letters, digits, '.', '_' and '-'", TOPIC_PATTERN);

  private Kinds() {}

  /** A text that the regular expression matches as a whole. */
  static Kind<String> matching(String expected, String regex) {
    Pattern pattern = Pattern.compile(regex);
    return Kind.parsed(
        expected,
        "",
        text -> {
          if (!pattern.matcher(text).matches()) {
            throw new IllegalArgumentException(expected);
          }

          return text;
        });
  }
}
