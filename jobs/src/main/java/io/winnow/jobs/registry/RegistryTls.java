package io.winnow.jobs.registry;

import io.winnow.jobs.pipeline.KeyStoreFile;
import io.winnow.jobs.pipeline.RegistryOptions;
import java.io.IOException;
import java.security.GeneralSecurityException;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** Whom a client of a registry trusts, and who it is. */
final class RegistryTls {
  private RegistryTls() {}

  /**
   * Returns a context of its own where the options name a store.
   *
   * @throws RegistryException if a store cannot be read on this machine
   */
  static SSLContext context(RegistryOptions options) {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys(options.keystore()), trusted(options.truststore()), null);
      return context;
    } catch (IOException | GeneralSecurityException e) {
      throw new RegistryException(
          "Expected truststore and keystore of 'schema-registry' on each machine of the cluster, but %s; mount them there"
              .formatted(e));
    }
  }

  private static KeyManager @Nullable [] keys(@Nullable KeyStoreFile file)
      throws IOException, GeneralSecurityException {
    if (file == null) {
      return null;
    }

    KeyManagerFactory factory =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(file.load(), file.characters());
    return factory.getKeyManagers();
  }

  /** Null stands for whom the JVM trusts. */
  private static TrustManager @Nullable [] trusted(@Nullable KeyStoreFile file)
      throws IOException, GeneralSecurityException {
    if (file == null) {
      return null;
    }

    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(file.load());
    return factory.getTrustManagers();
  }
}
