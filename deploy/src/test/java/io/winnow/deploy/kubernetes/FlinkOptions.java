package io.winnow.deploy.kubernetes;

import java.io.File;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import org.apache.flink.autoscaler.config.AutoScalerOptions;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.MetricOptions;
import org.apache.flink.kubernetes.configuration.KubernetesConfigOptions;

/** Every option of Flink and of the operator's autoscaler, as their classes declare them. */
public final class FlinkOptions {
  private static final Pattern OPTIONS = Pattern.compile("org/apache/flink/.*config.*/\\w+Options");
  private static final Pattern REPORTER = Pattern.compile("metrics\\.reporter\\.\\w+\\.(.+)");

  /** Arguments of a reporter that are no options of Flink: that of the Prometheus reporter. */
  private static final List<String> ARGUMENTS = List.of("port");

  private final Map<String, ConfigOption<?>> options = new TreeMap<>();

  private FlinkOptions() {}

  public static FlinkOptions read() throws Exception {
    FlinkOptions found = new FlinkOptions();
    for (Class<?> type :
        List.of(CoreOptions.class, KubernetesConfigOptions.class, AutoScalerOptions.class)) {
      found.addJarOf(type);
    }
    return found;
  }

  private void addJarOf(Class<?> type)
      throws IOException, URISyntaxException, ReflectiveOperationException {
    File jar = new File(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    try (JarFile file = new JarFile(jar)) {
      for (String entry : file.stream().map(Object::toString).toList()) {
        String name = entry.replace(".class", "");
        if (OPTIONS.matcher(name).matches()) {
          add(Class.forName(name.replace('/', '.')));
        }
      }
    }
  }

  private void add(Class<?> type) throws ReflectiveOperationException {
    for (Field field : type.getFields()) {
      if (Modifier.isStatic(field.getModifiers())
          && field.get(null) instanceof ConfigOption<?> option) {
        options.put(option.key(), option);
      }
    }
  }

  int size() {
    return options.size();
  }

  /** Tells whether there is an option of this name, and its value is of its type. */
  public boolean accept(String key, String value) {
    var reporter = REPORTER.matcher(key);
    if (reporter.matches()) {
      String argument = reporter.group(1);
      return ARGUMENTS.contains(argument)
          || argument.equals(MetricOptions.REPORTER_FACTORY_CLASS.key());
    }
    ConfigOption<?> option = options.get(key);
    return option != null && isValid(option, value);
  }

  private static boolean isValid(ConfigOption<?> option, String value) {
    try {
      return Configuration.fromMap(Map.of(option.key(), value)).getOptional(option).isPresent();
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
