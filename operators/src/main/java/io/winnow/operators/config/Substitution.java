package io.winnow.operators.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/**
 * Replaces <code>${env:NAME}</code> and <code>${file:PATH}</code> in values; <code>$${</code>
 * stands for <code>${</code> itself. A replacement is not searched again, and no message shows it.
 */
public final class Substitution {
  private static final Pattern PLACEHOLDER =
      Pattern.compile("(?<escaped>\\$\\$\\{)|\\$\\{(?:(?<scheme>env|file):(?<name>[^}]+)})?");

  private final @Nullable Map<String, String> environment;
  private final Path folder;

  private Substitution(@Nullable Map<String, String> environment, Path folder) {
    this.environment = environment;
    this.folder = folder;
  }

  /** Takes every value as it is. */
  public static Substitution none() {
    return new Substitution(null, Path.of(""));
  }

  /**
   * Substitutes from the environment and from files.
   *
   * @param folder where relative paths start: the folder of the YAML file
   */
  public static Substitution of(Map<String, String> environment, Path folder) {
    return new Substitution(Map.copyOf(environment), folder);
  }

  /**
   * Returns the value of a node.
   *
   * @param secrets takes what was substituted
   */
  Scalar resolve(ScalarNode node, Secrets secrets) throws UnresolvedException {
    Scalar literal = Scalar.literal(node);
    if (environment == null || !literal.text().contains("${")) {
      return literal;
    }

    Matcher matcher = PLACEHOLDER.matcher(literal.text());
    StringBuilder resolved = new StringBuilder();
    boolean substituted = false;
    while (matcher.find()) {
      boolean escaped = matcher.group("escaped") != null;
      String replacement = escaped ? "${" : value(environment, matcher, literal);
      matcher.appendReplacement(resolved, Matcher.quoteReplacement(replacement));
      if (!escaped) {
        secrets.add(replacement, "<from " + matcher.group() + ">");
        substituted = true;
      }
    }

    matcher.appendTail(resolved);
    Scalar scalar = new Scalar(resolved.toString(), literal.written(), literal.tag(), substituted);
    if (substituted) {
      secrets.add(scalar.text(), scalar.shown());
    }
    return scalar;
  }

  private String value(Map<String, String> environment, Matcher placeholder, Scalar literal)
      throws UnresolvedException {
    String scheme = placeholder.group("scheme");
    String name = placeholder.group("name");
    if (scheme == null || name == null) {
      throw new UnresolvedException(
          "expected ${env:NAME} or ${file:PATH}, found %s; write $${ for ${ itself"
              .formatted(literal.shown()));
    }

    return scheme.equals("env") ? variable(environment, name) : content(name);
  }

  private static String variable(Map<String, String> environment, String name)
      throws UnresolvedException {
    String value = environment.get(name);
    if (value == null) {
      throw new UnresolvedException(
          "expected the environment variable %s, but it is not set".formatted(name));
    }

    return value;
  }

  private String content(String name) throws UnresolvedException {
    try {
      return Files.readString(folder.resolve(name)).replaceFirst("\\r?\\n\\z", "");
    } catch (IOException | InvalidPathException e) {
      throw new UnresolvedException(
          "expected a readable UTF-8 file %s, but %s"
              .formatted(name, e.getClass().getSimpleName()));
    }
  }
}
