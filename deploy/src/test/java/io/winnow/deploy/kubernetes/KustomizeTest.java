package io.winnow.deploy.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import io.winnow.deploy.Tool;
import io.winnow.deploy.YamlDocuments;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KustomizeTest {
  private static final Map<String, Class<?>> KINDS =
      Map.of(
          "ServiceAccount", ServiceAccount.class,
          "Role", Role.class,
          "RoleBinding", RoleBinding.class,
          "NetworkPolicy", NetworkPolicy.class);

  @Test
  void kubernetesReadsEveryFieldOfTheOtherResources() throws Exception {
    List<JsonNode> others = Manifests.others();

    assertThat(others).extracting(kind -> kind.path("kind").asText()).containsAll(KINDS.keySet());
    for (JsonNode resource : others) {
      Class<?> type = KINDS.get(resource.path("kind").asText());
      assertThat(StrictJson.mapper().treeToValue(resource, type)).isNotNull();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"base", "continuous", "replay"})
  void everyFileIsListedAndEveryListedFileIsThere(String name) throws Exception {
    Path folder = Manifests.FOLDER.resolve(name);
    JsonNode kustomization = YamlDocuments.one(folder.resolve("kustomization.yaml"));
    List<String> listed = new ArrayList<>(List.of("kustomization.yaml"));
    kustomization.path("resources").forEach(file -> listed.add(file.asText()));
    kustomization.path("configurations").forEach(file -> listed.add(file.asText()));
    kustomization.path("patches").forEach(patch -> listed.add(patch.path("path").asText()));
    kustomization.at("/configMapGenerator/0/files").forEach(file -> listed.add(file.asText()));

    assertThat(listed).allMatch(file -> Files.exists(folder.resolve(file)));
    try (var files = Files.list(folder)) {
      assertThat(files.map(file -> file.getFileName().toString())).isSubsetOf(listed);
    }
  }

  @ParameterizedTest
  @CsvSource({"continuous, winnow", "replay, winnow-replay"})
  void kustomizeBuildsWhatTheseTestsRead(String overlay, String name) throws Exception {
    Optional<Tool> kubectl = Tool.find("kubectl");
    assumeTrue(kubectl.isPresent(), "kubectl is not installed");

    List<JsonNode> built =
        YamlDocuments.all(
            kubectl.orElseThrow().run("kustomize", Manifests.FOLDER.resolve(overlay).toString()));
    JsonNode deployment = only(built, "FlinkDeployment");
    String pipeline = only(built, "ConfigMap").at("/metadata/name").asText();

    assertThat(deployment.at("/metadata/name").asText()).isEqualTo(name);
    ObjectNode read = Manifests.deployment(overlay);
    ((ObjectNode) read.path("metadata")).put("name", name);
    ((ObjectNode) read.path("spec")).put("serviceAccount", name);
    ((ObjectNode) read.at("/spec/jobManager/podTemplate/spec/volumes/0/configMap"))
        .put("name", pipeline);
    assertThat(deployment).isEqualTo(read);
    assertThat(only(built, "ServiceAccount").at("/metadata/name").asText()).isEqualTo(name);
  }

  private static JsonNode only(List<JsonNode> resources, String kind) {
    return resources.stream()
        .filter(resource -> resource.path("kind").asText().equals(kind))
        .findFirst()
        .orElseThrow(() -> new AssertionError("Kustomize built no " + kind));
  }
}
