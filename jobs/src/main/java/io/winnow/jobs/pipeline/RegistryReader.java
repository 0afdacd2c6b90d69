package io.winnow.jobs.pipeline;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.winnow.operators.config.Kind;
import io.winnow.operators.config.Section;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the schema registry of a pipeline file. */
final class RegistryReader {
  private static final String KEY = "schema-registry";
  private static final URI NO_URL = URI.create("http://localhost");

  /** What a header takes: a line break in it would fail each request, and show the token. */
  private static final Pattern TOKEN = Pattern.compile("[!-~]+");

  private static final String URL = "an http or https URL, or several with commas between them";

  private static final Kind<String> URLS = Kind.parsed(URL, NO_URL.toString(), text -> text);

  private static final Kind<Path> PATH = Kind.parsed("a path", Path.of(""), Path::of);

  private final Section section;
  private final List<URI> urls;

  private RegistryReader(Section section) {
    this.section = section;
    this.urls = urls(section);
  }

  /**
   * Returns the registry; null where there is none.
   *
   * @param needed whether a format asks for it
   */
  static @Nullable RegistryOptions read(Section root, boolean needed) {
    Optional<Section> section = root.optionalSection(KEY);
    if (needed && section.isEmpty()) {
      root.problem(KEY, "missing; expected a mapping, as format avro-registry needs a registry");
    } else if (!needed && section.isPresent()) {
      root.problem(KEY, "expected with format avro-registry only; correct a format or remove it");
    }

    return section.map(found -> new RegistryReader(found).read()).orElse(null);
  }

  private RegistryOptions read() {
    KeyStoreFile truststore = store("truststore");
    KeyStoreFile keystore = store("keystore");
    return new RegistryOptions(urls, authorization(), truststore, keystore);
  }

  private static List<URI> urls(Section section) {
    String text = section.required("url", URLS);
    try {
      return Arrays.stream(text.split(",", -1)).map(RegistryReader::url).toList();
    } catch (IllegalArgumentException e) {
      boolean login = text.indexOf('@') >= 0; // which no message shows
      section.problem(
          "url",
          "expected %s, without query%s"
              .formatted(
                  URL,
                  login
                      ? " and login; use username and password"
                      : ", found " + section.shown("url")));
      return List.of(NO_URL);
    }
  }

  private @Nullable String authorization() {
    String user = secret("username").orElse(null);
    String password = secret("password").orElse(null);
    String token = secret("token").orElse(null);
    if (user != null && user.indexOf(':') >= 0) {
      section.problem("username", "expected a name without ':', which ends it in a request");
    }
    if (user != null && password == null) {
      section.problem("password", "missing; expected that of username");
    }
    if (user == null && password != null) {
      section.problem("username", "missing; expected that of password");
    }
    if (token == null) {
      return user == null || password == null ? null : basic(user, password);
    }

    if (user != null || password != null) {
      section.problem("token", "expected either a token or username and password; remove one");
    } else if (!TOKEN.matcher(token).matches()) {
      section.problem("token", "expected ASCII characters without white space");
    }
    return "Bearer " + token;
  }

  private static String basic(String user, String password) {
    return "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(UTF_8));
  }

  /** Reads a value that no message shows, whatever it is. */
  private Optional<String> secret(String key) {
    section.conceal(key);
    Optional<String> secret = section.optional(key, Kind.scalar());
    if (secret.filter(String::isBlank).isPresent()) {
      section.problem(key, "expected a value, found an empty one");
    }
    return secret;
  }

  private @Nullable KeyStoreFile store(String key) {
    String passwordKey = key + "-password";
    Optional<Path> path = section.optional(key, PATH);
    String password = secret(passwordKey).orElse(null);
    if (path.isEmpty()) {
      if (password != null && !section.has(key)) {
        section.problem(passwordKey, "expected with %s only; remove it".formatted(key));
      }
      return null;
    }
    if (urls.stream().noneMatch(url -> url.getScheme().equals("https"))) {
      section.problem(key, "expected with an https URL only; correct url or remove it");
    }

    KeyStoreFile file = new KeyStoreFile(path.get().toAbsolutePath().toString(), password);
    check(key, file);
    return file;
  }

  private void check(String key, KeyStoreFile file) {
    try {
      file.load();
    } catch (IOException | GeneralSecurityException e) { // its message may show a path
      section.problem(
          key,
          "expected a PKCS12, JKS or PEM file and its password, but %s gives %s"
              .formatted(section.shown(key), e.getClass().getSimpleName()));
    }
  }

  private static URI url(String text) {
    URI url = URI.create(text.strip().replaceFirst("/+$", ""));
    boolean http = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
    if (!http
        || url.getHost() == null
        || url.getRawUserInfo() != null
        || url.getRawQuery() != null
        || url.getRawFragment() != null) {
      throw new IllegalArgumentException("no such URL");
    }

    return url;
  }
}
