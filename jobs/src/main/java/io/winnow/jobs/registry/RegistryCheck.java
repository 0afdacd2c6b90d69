package io.winnow.jobs.registry;

import io.winnow.jobs.pipeline.Pipeline;
import io.winnow.jobs.pipeline.RegistryOptions;
import io.winnow.jobs.pipeline.UnreachableException;
import io.winnow.operators.config.ConfigurationException;
import java.util.List;

/** Asks a pipeline's registry, so that a wrong address or login fails before a job starts. */
public final class RegistryCheck {
  private static final String PATH = "/schemas/types"; // needs a login, but no right to a subject

  private RegistryCheck() {}

  /**
   * Asks it once, if the pipeline has one.
   *
   * @throws UnreachableException if it does not answer
   * @throws ConfigurationException if it does, but not as a registry would, or denies access
   */
  public static void check(Pipeline pipeline) throws ConfigurationException {
    RegistryOptions options = pipeline.registry();
    if (options == null) {
      return;
    }
    try {
      SchemaRegistry.expected(new RegistryClient(options, Backoff.NONE).get(PATH), PATH);
    } catch (RegistryException e) {
      List<String> problems =
          List.of(pipeline.secrets().hide("schema-registry: " + e.getMessage()));
      throw UnreachableException.orRefusal(e.isUnreachable(), problems);
    }
  }
}
