package io.winnow.jobs.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.util.Properties;

/** Files that stand beside the classes, and the script of the chart library in its jar. */
final class Resources {
  private static final String LIBRARY = "/META-INF/maven/org.webjars.npm/chart.js/pom.properties";

  private Resources() {}

  /** Returns a file of this package; whoever takes it closes it. */
  static Reader reader(String name) {
    return new InputStreamReader(stream(name), UTF_8);
  }

  static String text(String name) {
    try (InputStream in = stream(name)) {
      return new String(in.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("The resource " + name + " cannot be read", e);
    }
  }

  /** Returns the script of Chart.js, whose path holds its version. */
  static String chartLibrary() {
    Properties properties = new Properties();
    try (InputStream in = stream(LIBRARY)) {
      properties.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException("The resource " + LIBRARY + " cannot be read", e);
    }
    return text(
        "/META-INF/resources/webjars/chart.js/%s/dist/chart.umd.min.js"
            .formatted(properties.getProperty("version")));
  }

  private static InputStream stream(String name) {
    InputStream in = Resources.class.getResourceAsStream(name);
    if (in == null) {
      throw new IllegalStateException("Expected the resource %s on the class path".formatted(name));
    }
    return in;
  }
}
