package io.winnow.deploy.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import io.winnow.deploy.YamlDocuments;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.flink.kubernetes.operator.api.FlinkDeployment;

/** The schema by which a Kubernetes API server accepts a FlinkDeployment. */
final class OperatorSchema {
  private static final String FILE = "/META-INF/fabric8/flinkdeployments.flink.apache.org-v1.yml";

  private final JsonSchema schema;

  private OperatorSchema(JsonSchema schema) {
    this.schema = schema;
  }

  static OperatorSchema read() throws IOException {
    try (InputStream file = FlinkDeployment.class.getResourceAsStream(FILE)) {
      if (file == null) {
        throw new IOException("The operator's jar has no " + FILE);
      }
      String yaml = new String(file.readAllBytes(), StandardCharsets.UTF_8);
      JsonNode version = YamlDocuments.all(yaml).get(0).at("/spec/versions/0");
      JsonNode root = version.at("/schema/openAPIV3Schema");
      close(root);
      ((ObjectNode) root.path("properties"))
          .putObject("apiVersion")
          .put("type", "string"); // known to every server, and so not in this schema
      ((ObjectNode) root.path("properties")).putObject("kind").put("type", "string");
      ((ObjectNode) root.path("properties")).putObject("metadata").put("type", "object");
      return new OperatorSchema(
          JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V4).getSchema(root));
    }
  }

  /** A server drops what a schema does not know; here it is an error. */
  private static void close(JsonNode schema) {
    if (schema instanceof ObjectNode object && object.path("properties").isObject()) {
      if (!object.has("additionalProperties")) {
        object.put("additionalProperties", false);
      }
    }
    schema.forEach(OperatorSchema::close);
  }

  /** Returns what a server would refuse or drop; empty if nothing. */
  Set<String> problems(JsonNode deployment) {
    return schema.validate(deployment).stream()
        .map(ValidationMessage::getMessage)
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
