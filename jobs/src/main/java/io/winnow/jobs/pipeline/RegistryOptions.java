package io.winnow.jobs.pipeline;

import java.io.Serializable;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A schema registry with Confluent's REST API, and how to log in.
 *
 * @param urls addresses of the same registry; at least one, none ends in a slash
 * @param authorization the header of that name; a secret
 * @param truststore whom to trust; null for whom the JVM trusts
 * @param keystore who we are; null where the registry does not ask
 */
public record RegistryOptions(
    List<URI> urls,
    @Nullable String authorization,
    @Nullable KeyStoreFile truststore,
    @Nullable KeyStoreFile keystore)
    implements Serializable {
  public RegistryOptions {
    if (urls.isEmpty()) {
      throw new IllegalArgumentException("Expected at least one URL, but found none");
    }

    urls = List.copyOf(urls);
  }

  /** Shows the addresses only. */
  @Override
  public String toString() {
    return "schema registry at " + urls;
  }
}
