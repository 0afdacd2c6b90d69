package io.winnow.deploy.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.winnow.deploy.YamlDocuments;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The manifests of {@code deploy/kubernetes}. */
final class Manifests {
  static final Path FOLDER = Path.of("kubernetes");
  static final Path BASE = FOLDER.resolve("base");

  private static final Map<String, String> PATCHES =
      Map.of("continuous", "autoscaler.yaml", "replay", "range.yaml");

  private Manifests() {}

  /** Returns the FlinkDeployment of an overlay, as Kustomize builds it but for names. */
  static ObjectNode deployment(String overlay) throws IOException {
    JsonNode base = YamlDocuments.one(BASE.resolve("flinkdeployment.yaml"));
    Path patch = FOLDER.resolve(overlay).resolve(String.valueOf(PATCHES.get(overlay)));
    return merged((ObjectNode) base, YamlDocuments.one(patch));
  }

  /** Returns what lies beside the FlinkDeployment. */
  static List<JsonNode> others() throws IOException {
    return YamlDocuments.all(
        Files.readString(BASE.resolve("rbac.yaml"))
            + "---\n"
            + Files.readString(BASE.resolve("network-policy.yaml")));
  }

  /** Merges as RFC 7396 does, which is how Kustomize patches what it has no schema of. */
  private static ObjectNode merged(ObjectNode target, JsonNode patch) {
    patch
        .properties()
        .forEach(
            entry -> {
              JsonNode before = target.path(entry.getKey());
              if (before instanceof ObjectNode object && entry.getValue().isObject()) {
                merged(object, entry.getValue());
              } else {
                target.set(entry.getKey(), entry.getValue());
              }
            });
    return target;
  }
}
