package io.winnow.operators.config;

import java.io.Serializable;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What was substituted into the values of a file: what comes from the environment or a file may be
 * a secret, so messages show its origin instead.
 */
public final class Secrets implements Serializable {
  private static final long serialVersionUID = 1L;

  /** What stands behind such a word in a value of several parts, such as a login's for Kafka. */
  private static final Pattern NAMED_SECRET =
      Pattern.compile(
          "(?i)(?:pass(?:word|phrase)|secret|token|credential)s?\\s*=\\s*(?:\"([^\"]+)\"|([^\\s;\"]+))");

  private final HashMap<String, String> origins = new HashMap<>(); // value -> what to show of it

  Secrets() {}

  /** Returns those of a file into which nothing was substituted. */
  public static Secrets none() {
    return new Secrets();
  }

  /**
   * Notes a value and, of a list, its elements.
   *
   * @param origin where the value comes from, as a message shows it
   */
  void add(String value, String origin) {
    for (String secret : List.of(value, value.strip())) {
      if (!secret.isEmpty()) {
        origins.putIfAbsent(secret, origin);
      }
    }
    if (value.indexOf(',') >= 0) {
      List.of(value.split(",", -1)).forEach(element -> add(element, origin));
    }
    NAMED_SECRET
        .matcher(value)
        .results()
        .map(found -> found.group(1) == null ? found.group(2) : found.group(1))
        .forEach(secret -> origins.putIfAbsent(secret, origin));
  }

  /** Returns the text with each value as where it comes from; part of a word is no value. */
  public String hide(String text) {
    if (origins.isEmpty()) {
      return text;
    }

    String anyOf =
        origins.keySet().stream()
            .sorted(Comparator.comparing(String::length).reversed()) // one may hold another
            .map(Pattern::quote)
            .collect(Collectors.joining("|"));
    return Pattern.compile("(?<![\\p{L}\\p{N}])(?:" + anyOf + ")(?![\\p{L}\\p{N}])")
        .matcher(text)
        .replaceAll(found -> Matcher.quoteReplacement(origin(found.group())));
  }

  /** Returns an exception of its own, with the same problems as they may be shown. */
  public ConfigurationException hidden(ConfigurationException exception) {
    return new ConfigurationException(exception.problems().stream().map(this::hide).toList());
  }

  private String origin(String value) {
    return Objects.requireNonNull(origins.get(value));
  }
}
