package io.winnow.jobs;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Key stores in a folder, made with the {@code keytool} of the JDK that runs. */
record Certificates(Path folder) {

  /**
   * Makes a key with a certificate of its own for this machine.
   *
   * @param name of the store, and of its owner
   */
  Path keyStore(String name, String password) throws IOException, InterruptedException {
    Path store = store(name);
    keytool(
        "-genkeypair",
        "-keystore",
        store.toString(),
        "-storepass",
        password,
        "-alias",
        name,
        "-dname",
        "CN=" + name,
        "-keyalg",
        "EC",
        "-validity",
        "30",
        "-ext",
        "SAN=dns:localhost,ip:127.0.0.1");
    return store;
  }

  /** Makes a store that trusts the owner of a key store. */
  Path trustStore(String name, String password, String owner, String ownersPassword)
      throws IOException, InterruptedException {
    Path certificate = folder.resolve(owner + ".pem");
    keytool(
        "-exportcert",
        "-rfc",
        "-keystore",
        store(owner).toString(),
        "-storepass",
        ownersPassword,
        "-alias",
        owner,
        "-file",
        certificate.toString());
    Path store = store(name);
    keytool(
        "-importcert",
        "-noprompt",
        "-keystore",
        store.toString(),
        "-storepass",
        password,
        "-alias",
        owner,
        "-file",
        certificate.toString());
    return store;
  }

  private Path store(String name) {
    return folder.resolve(name + ".p12");
  }

  private static void keytool(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
      throw new IOException("keytool failed: " + said);
    }
  }
}
