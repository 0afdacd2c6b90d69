package io.winnow.jobs.pipeline;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import org.jspecify.annotations.Nullable;

/**
 * A file of certificates or keys: PKCS12, JKS or, of certificates alone, PEM.
 *
 * @param path absolute; the same on every machine
 */
public record KeyStoreFile(String path, @Nullable String password) implements Serializable {
  private static final String PEM = "-----BEGIN CERTIFICATE-----";

  /**
   * Reads the file.
   *
   * @throws IOException if it cannot be read, or not with this password
   * @throws GeneralSecurityException if it is no such file, or empty
   */
  public KeyStore load() throws IOException, GeneralSecurityException {
    Path file = Path.of(path);
    byte[] content = Files.readAllBytes(file);
    KeyStore store =
        new String(content, ISO_8859_1).contains(PEM)
            ? certificates(content)
            : KeyStore.getInstance(file.toFile(), characters());
    if (store.size() == 0) { // as it looks where encrypted entries are read without a password
      throw new KeyStoreException("it has no entries");
    }

    return store;
  }

  /** Returns the password as the JDK takes it. */
  public char @Nullable [] characters() {
    return password == null ? null : password.toCharArray();
  }

  private static KeyStore certificates(byte[] pem) throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    for (Certificate certificate :
        CertificateFactory.getInstance("X.509")
            .generateCertificates(new ByteArrayInputStream(pem))) {
      store.setCertificateEntry(Integer.toString(store.size()), certificate);
    }

    return store;
  }

  /** Shows the path only. */
  @Override
  public String toString() {
    return path;
  }
}
