package io.winnow.deploy.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.winnow.jobs.cli.Main;
import io.winnow.jobs.pipeline.Pipeline;
import io.winnow.jobs.replay.Bound;
import io.winnow.jobs.replay.Bounds;
import io.winnow.operators.config.Substitution;
import io.winnow.operators.model.BundleReader;
import io.winnow.operators.model.HeadOptions;
import io.winnow.operators.model.MemoryBudget;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.JobID;
import org.apache.flink.client.deployment.application.executors.EmbeddedExecutor;
import org.apache.flink.client.program.StreamContextEnvironment;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.DeploymentOptions;
import org.apache.flink.configuration.HighAvailabilityOptions;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.PipelineOptionsInternal;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.core.execution.DefaultExecutorServiceLoader;
import org.apache.flink.kubernetes.operator.api.FlinkDeployment;
import org.apache.flink.kubernetes.operator.api.spec.FlinkVersion;
import org.apache.flink.runtime.clusterframework.TaskExecutorProcessSpec;
import org.apache.flink.runtime.clusterframework.TaskExecutorProcessUtils;
import org.apache.flink.runtime.jobmanager.JobManagerProcessSpec;
import org.apache.flink.runtime.jobmanager.JobManagerProcessUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FlinkDeploymentTest {
  /** The operator whose classes these are knows no Flink 2; the one that runs must. */
  private static final String KNOWN_VERSION = "v1_20";

  private static final String S3 = "s3://";
  private static final Path SHIPPED_MODEL = Path.of("models/support");

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"continuous", "replay"})
  void theOperatorReadsEveryField(String overlay) throws Exception {
    ObjectNode deployment = knownVersion(Manifests.deployment(overlay));

    FlinkDeployment read = StrictJson.mapper().treeToValue(deployment, FlinkDeployment.class);

    assertThat(read.getSpec().getFlinkVersion()).isEqualTo(FlinkVersion.v1_20);
    assertThat(read.getSpec().getJob().getJarURI())
        .isEqualTo("local:///opt/flink/usrlib/winnow-jobs.jar");
    assertThat(OperatorSchema.read().problems(deployment)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "/spec, jobManagr",
    "/spec/job, jarUri",
    "/spec/taskManager/resource, memroy",
    "/spec/podTemplate/spec, securitycontext",
    "/spec/podTemplate/spec/containers/0/securityContext, runAsNonroot",
    "/spec/jobManager/podTemplate/spec/volumes/0/configMap, nam",
  })
  void aMisspeltFieldIsFound(String place, String field) throws Exception {
    ObjectNode deployment = knownVersion(Manifests.deployment("continuous"));
    ((ObjectNode) deployment.at(place)).put(field, "x");

    assertThatExceptionOfType(UnrecognizedPropertyException.class)
        .isThrownBy(() -> StrictJson.mapper().treeToValue(deployment, FlinkDeployment.class))
        .withMessageContaining(field);
    assertThat(OperatorSchema.read().problems(deployment))
        .singleElement()
        .asString()
        .contains(field);
  }

  @ParameterizedTest
  @ValueSource(strings = {"continuous", "replay"})
  void everyOptionIsOneOfFlink(String overlay) throws Exception {
    FlinkOptions options = FlinkOptions.read();

    assertThat(configuration(overlay))
        .allSatisfy(
            (key, value) -> assertThat(options.accept(key, value)).as(key + ": " + value).isTrue());
  }

  @ParameterizedTest
  @CsvSource({
    "taskmanager.numberOfTaskSlot, 4",
    "taskmanager.numberOfTaskSlots, four",
    "job.autoscaler.enable, true",
    "execution.checkpointing.directory, s3://winnow/checkpoints",
    "metrics.reporter.prom.factory.clas, x",
    "high-availability.typ, kubernetes",
    "restart-strategy.exponential-delay.max-backoff, 2 mon",
  })
  void aMisspeltOptionIsFound(String key, String value) throws Exception {
    FlinkOptions options = FlinkOptions.read();

    assertThat(options.size()).isGreaterThan(300);
    assertThat(options.accept(key, value)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"continuous", "replay"})
  void nativeMemoryOfTheShippedModelFits(String overlay) throws Exception {
    Configuration configuration = Configuration.fromMap(configuration(overlay));
    JsonNode spec = Manifests.deployment(overlay).path("spec");
    configuration.set(
        TaskManagerOptions.TOTAL_PROCESS_MEMORY, memory(spec.at("/taskManager/resource")));
    configuration.set(
        JobManagerOptions.TOTAL_PROCESS_MEMORY, memory(spec.at("/jobManager/resource")));
    MemoryBudget budget = MemoryBudget.of(BundleReader.read(SHIPPED_MODEL, HeadOptions.NONE));
    int slots = configuration.get(TaskManagerOptions.NUM_TASK_SLOTS);

    TaskExecutorProcessSpec taskManager =
        TaskExecutorProcessUtils.processSpecFromConfig(configuration);
    assertThat(taskManager.getTaskOffHeapSize().getBytes())
        .isGreaterThanOrEqualTo(MemoryBudget.PROCESS + budget.bytes(slots));
    assertThat(taskManager.getTaskHeapSize().getMebiBytes()).isGreaterThanOrEqualTo(512);
    JobManagerProcessSpec jobManager = JobManagerProcessUtils.processSpecFromConfig(configuration);
    assertThat(jobManager.getJvmDirectMemorySize().getBytes())
        .isGreaterThanOrEqualTo(MemoryBudget.PROCESS + budget.bytes(1));
  }

  @ParameterizedTest
  @ValueSource(strings = {"continuous", "replay"})
  void whatAJobGoesOnFromOutlivesItsPods(String overlay) throws Exception {
    Map<String, String> configuration = configuration(overlay);

    assertThat(configuration).containsEntry(HighAvailabilityOptions.HA_MODE.key(), "kubernetes");
    assertThat(
            List.of(
                HighAvailabilityOptions.HA_STORAGE_PATH,
                CheckpointingOptions.CHECKPOINTS_DIRECTORY,
                CheckpointingOptions.SAVEPOINT_DIRECTORY))
        .allSatisfy(
            folder -> assertThat(configuration.get(folder.key())).as(folder.key()).startsWith(S3));
  }

  @ParameterizedTest
  @ValueSource(strings = {"continuous", "replay"})
  void secretsComeFromKubernetes(String overlay) throws Exception {
    JsonNode spec = Manifests.deployment(overlay).path("spec");
    JsonNode jobManager = spec.at("/jobManager/podTemplate/spec");
    JsonNode volume = named("secrets", jobManager.path("volumes"));
    JsonNode mount = named("secrets", jobManager.at("/containers/0/volumeMounts"));

    assertThat(
            List.of(
                spec.at("/podTemplate/spec/containers/0/envFrom/0/secretRef/name").asText(),
                volume.at("/secret/secretName").asText()))
        .allSatisfy(
            secret ->
                assertThat(Manifests.FOLDER.resolve("README.md"))
                    .content()
                    .contains("kubectl create secret generic " + secret + " "));
    assertThat(mount.path("readOnly").asBoolean()).isTrue();
    assertThat(Manifests.BASE.resolve("pipeline.yaml"))
        .content()
        .contains("${file:" + mount.path("mountPath").asText() + "/jaas.conf}");
  }

  private static JsonNode named(String name, JsonNode list) {
    for (JsonNode element : list) {
      if (element.path("name").asText().equals(name)) {
        return element;
      }
    }
    throw new AssertionError("Expected an element of the name " + name + " in " + list);
  }

  @ParameterizedTest
  @ValueSource(strings = {"continuous", "replay"})
  void eachSlotHasACpu(String overlay) throws Exception {
    assertThat(Manifests.deployment(overlay).at("/spec/taskManager/resource/cpu").asInt())
        .isEqualTo(
            Configuration.fromMap(configuration(overlay)).get(TaskManagerOptions.NUM_TASK_SLOTS));
  }

  @Test
  void theTwoOverlaysRunTheVerbsOfTheirNames() throws Exception {
    JsonNode run = Manifests.deployment("continuous").at("/spec/job/args");
    JsonNode replay = Manifests.deployment("replay").at("/spec/job/args");

    assertThat(run).extracting(JsonNode::asText).first().isEqualTo("run");
    assertThat(replay).extracting(JsonNode::asText).first().isEqualTo("replay");
    assertThat(replay).extracting(JsonNode::asText).contains("--from", "--to");
    String mounted =
        Manifests.deployment("continuous")
            .at("/spec/jobManager/podTemplate/spec/containers/0/volumeMounts/0/mountPath")
            .asText();
    assertThat(run.path(1).asText()).isEqualTo(mounted + "/pipeline.yaml");
    assertThat(replay.path(1)).isEqualTo(run.path(1));
  }

  @ParameterizedTest
  @ValueSource(strings = {"continuous", "replay"})
  void theirArgumentsAreTakenUpToThePipelineWhichIsNotHere(String overlay) throws Exception {
    assertThatIllegalStateException()
        .isThrownBy(() -> run(overlay, configuration(overlay)))
        .withMessage(
            "winnow ended with status 2: /opt/winnow/pipeline/pipeline.yaml: expected a YAML file, found none");
  }

  @Test
  void theRangeOfTheReplayIsOne() throws Exception {
    List<String> arguments = arguments("replay");
    String from = arguments.get(arguments.indexOf("--from") + 1);
    String to = arguments.get(arguments.indexOf("--to") + 1);

    Bounds bounds = Bounds.read(from, to, Instant.EPOCH);

    assertThat(bounds.from()).isInstanceOf(Bound.At.class).isNotEqualTo(bounds.to());
    assertThat(bounds.to()).isInstanceOf(Bound.At.class);
  }

  @Test
  void withoutHighAvailabilityTheReplayWouldBeRefused() throws Exception {
    Map<String, String> configuration = configuration("replay");
    configuration.remove("high-availability.type");

    assertThatIllegalStateException()
        .isThrownBy(() -> run("replay", configuration))
        .withMessageContaining("high-availability.type: expected kubernetes");
  }

  @Test
  void anotherRangeDoesNotGoOnWithTheStateOfTheLastOne() throws Exception {
    assertThat(Manifests.deployment("replay").at("/spec/job/upgradeMode").asText())
        .isEqualTo("stateless");
    assertThat(Manifests.deployment("continuous").at("/spec/job/upgradeMode").asText())
        .isEqualTo("last-state");
  }

  /** Runs an overlay's arguments as the job manager does. */
  private static void run(String overlay, Map<String, String> settings) throws Exception {
    Configuration configuration = Configuration.fromMap(settings);
    configuration.set(DeploymentOptions.TARGET, EmbeddedExecutor.NAME);
    configuration.set(
        PipelineOptionsInternal.PIPELINE_FIXED_JOB_ID, JobID.generate().toHexString());
    StreamContextEnvironment.setAsContext(
        new DefaultExecutorServiceLoader(),
        configuration,
        FlinkDeploymentTest.class.getClassLoader(),
        1,
        1,
        true,
        null,
        null,
        List.of());
    try {
      Main.main(arguments(overlay).toArray(String[]::new));
    } finally {
      StreamContextEnvironment.unsetAsContext();
    }
  }

  private static List<String> arguments(String overlay) throws Exception {
    List<String> arguments = new ArrayList<>();
    Manifests.deployment(overlay)
        .at("/spec/job/args")
        .forEach(argument -> arguments.add(argument.textValue()));
    return arguments;
  }

  @Test
  void thePipelineIsOneThatWinnowReads() throws Exception {
    Path jaas = Files.writeString(folder.resolve("jaas.conf"), "login");
    String yaml =
        Files.readString(Manifests.BASE.resolve("pipeline.yaml"))
            .replace("/opt/winnow/secrets/jaas.conf", jaas.toString());

    Pipeline pipeline = Pipeline.parse("pipeline.yaml", yaml, Substitution.of(Map.of(), folder));

    assertThat(pipeline.enrichments()).isNotEmpty();
  }

  private static MemorySize memory(JsonNode resource) {
    return MemorySize.parse(resource.path("memory").asText());
  }

  private static ObjectNode knownVersion(ObjectNode deployment) {
    ObjectNode spec = (ObjectNode) deployment.path("spec");
    assertThat(spec.path("flinkVersion").asText()).isEqualTo("v2_3");
    spec.put("flinkVersion", KNOWN_VERSION);
    return deployment;
  }

  private static Map<String, String> configuration(String overlay) throws Exception {
    Map<String, String> configuration = new HashMap<>();
    Manifests.deployment(overlay)
        .at("/spec/flinkConfiguration")
        .properties()
        .forEach(entry -> configuration.put(entry.getKey(), entry.getValue().textValue()));
    return configuration;
  }
}
