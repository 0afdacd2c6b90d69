package io.winnow.jobs;

import io.winnow.jobs.pipeline.EnrichmentOptions;
import io.winnow.jobs.pipeline.Pipeline;
import io.winnow.operators.config.ConfigurationException;
import io.winnow.operators.flink.BundleFolder;
import io.winnow.operators.model.BundleReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.util.FileUtils;

/** What the answers of a pipeline's models depend on. */
public final class Fingerprints {
  private Fingerprints() {}

  /** Returns the fingerprint of each model, by the name of its enrichment. */
  public static Map<String, String> of(Pipeline pipeline)
      throws ConfigurationException, IOException {
    Map<String, String> fingerprints = new TreeMap<>();
    Path temporary = Files.createTempDirectory("winnow-fingerprints-");
    try {
      for (EnrichmentOptions enrichment : pipeline.enrichments()) {
        Path folder = BundleFolder.local(enrichment.model().toString(), temporary);
        fingerprints.put(
            enrichment.name(), BundleReader.read(folder, enrichment.headOptions()).fingerprint());
      }
    } finally {
      FileUtils.deleteDirectoryQuietly(temporary.toFile());
    }
    return fingerprints;
  }
}
