package io.winnow.jobs.evaluation;

/**
 * Which model answered.
 *
 * @param version empty where the bundle has none
 * @param fingerprint digest of all that decides the answers
 */
public record ModelIdentity(String name, String version, String fingerprint) {
  public String title() {
    return version.isEmpty() ? name : name + " " + version;
  }
}
