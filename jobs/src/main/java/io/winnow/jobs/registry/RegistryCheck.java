package io.winnow.jobs.registry;

import io.winnow.jobs.pipeline.Pipeline;
import io.winnow.jobs.pipeline.RegistryOptions;
import java.util.List;

/** Asks a pipeline's registry, so that a wrong address or login fails before a job starts. */
public final class RegistryCheck {
  private static final String PATH = "/schemas/types"; // needs a login, but no right to a subject

  private RegistryCheck() {}

  /** Returns what is wrong with it; empty if nothing, or if the pipeline has no registry. */
  public static List<String> problems(Pipeline pipeline) {
    RegistryOptions options = pipeline.registry();
    return options == null
        ? List.of()
        : problems(options).stream().map(pipeline.secrets()::hide).toList();
  }

  private static List<String> problems(RegistryOptions options) {
    try {
      Answer answer = new RegistryClient(options, Backoff.NONE).get(PATH);
      SchemaRegistry.expected(answer, PATH);
      return List.of();
    } catch (RegistryException e) {
      return List.of("schema-registry: " + e.getMessage());
    }
  }
}
