package io.winnow.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.winnow.deploy.kubernetes.FlinkOptions;
import io.winnow.operators.model.BundleReader;
import io.winnow.operators.model.HeadOptions;
import io.winnow.operators.model.MemoryBudget;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.runtime.clusterframework.TaskExecutorProcessSpec;
import org.apache.flink.runtime.clusterframework.TaskExecutorProcessUtils;
import org.apache.flink.runtime.jobmanager.JobManagerProcessSpec;
import org.apache.flink.runtime.jobmanager.JobManagerProcessUtils;
import org.junit.jupiter.api.Test;

/** The configuration that {@code deploy/local/cluster} starts with. */
class LocalConfigurationTest {
  private static final Path FILE = Path.of("local/conf/config.yaml");
  private static final Path SCRIPT = Path.of("local/cluster");
  private static final Path SHIPPED_MODEL = Path.of("models/support");
  private static final Pattern SLOTS = Pattern.compile("^slots=(\\d+)$", Pattern.MULTILINE);

  @Test
  void everyOptionIsOneOfFlink() throws Exception {
    FlinkOptions options = FlinkOptions.read();

    assertThat(configuration())
        .isNotEmpty()
        .allSatisfy(
            (key, value) -> assertThat(options.accept(key, value)).as(key + ": " + value).isTrue());
  }

  @Test
  void nativeMemoryOfTheShippedModelFits() throws Exception {
    Configuration configuration = Configuration.fromMap(configuration());
    int slots = slots();
    configuration.set(TaskManagerOptions.NUM_TASK_SLOTS, slots);
    MemoryBudget budget = MemoryBudget.of(BundleReader.read(SHIPPED_MODEL, HeadOptions.NONE));

    TaskExecutorProcessSpec taskManager =
        TaskExecutorProcessUtils.processSpecFromConfig(configuration);
    assertThat(taskManager.getTaskOffHeapSize().getBytes())
        .isGreaterThanOrEqualTo(MemoryBudget.PROCESS + budget.bytes(slots));
    JobManagerProcessSpec jobManager = JobManagerProcessUtils.processSpecFromConfig(configuration);
    assertThat(jobManager.getJvmDirectMemorySize().getBytes())
        .isGreaterThanOrEqualTo(MemoryBudget.PROCESS + budget.bytes(1));
  }

  private static Map<String, String> configuration() throws IOException {
    Map<String, String> configuration = new LinkedHashMap<>();
    YamlDocuments.one(FILE)
        .properties()
        .forEach(entry -> configuration.put(entry.getKey(), entry.getValue().asText()));
    return configuration;
  }

  /** Returns the slots of a task manager where nobody asks for others. */
  private static int slots() throws IOException {
    Matcher slots = SLOTS.matcher(Files.readString(SCRIPT));
    assertThat(slots.find()).isTrue();
    return Integer.parseInt(slots.group(1));
  }
}
