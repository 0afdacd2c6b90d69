package io.winnow.jobs.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.samskivert.mustache.Mustache;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;

/**
 * A page that holds all it needs.
 *
 * <p>Whatever comes from data is escaped by the templates or lies in a block of JSON. Besides, the
 * page has a policy: by the digests of its own scripts the browser runs no other one, and asks
 * nobody for anything.
 *
 * @param title title of the browser's window
 * @param content name of the template of its content
 * @param model what that template shows
 * @param charts data of the charts
 */
record Page(String title, String content, Object model, ChartData charts) {
  private static final Mustache.Compiler TEMPLATES =
      Mustache.compiler()
          .strictSections(true)
          .emptyStringIsFalse(true)
          .withLoader(name -> Resources.reader(name + ".mustache"));

  String render() {
    String library = Resources.chartLibrary();
    String script = Resources.text("report.js");
    return execute(
        "page",
        new Frame(
            title,
            "%s %s".formatted(source(library), source(script)),
            Resources.text("report.css"),
            execute(content, model),
            charts.json(),
            List.of(library, script)));
  }

  private static String execute(String template, Object model) {
    return TEMPLATES.loadTemplate(template).execute(model);
  }

  /** Returns a script as a policy names it. */
  private static String source(String script) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(script.getBytes(UTF_8));
      return "'sha256-%s'".formatted(Base64.getEncoder().encodeToString(digest));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JDK has SHA-256", e);
    }
  }

  /** What stands around the content. */
  private record Frame(
      String title,
      String scriptSources,
      String style,
      String body,
      String charts,
      List<String> scripts) {}
}
