package io.winnow.jobs.pipeline;

import io.winnow.operators.config.ConfigurationException;
import io.winnow.operators.config.Secrets;
import io.winnow.operators.config.Substitution;
import io.winnow.operators.config.YamlFile;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A pipeline file, checked.
 *
 * @param name consumer group, transactional ids and operator uids derive from it
 * @param text where the text is; empty where the payload itself is the text
 * @param enrichments in the order they run; at least one
 * @param maxCharacters longest text that is read, in UTF-16 code units; a longer one is rejected
 * @param maxRecordBytes largest value that is decoded; a larger one is rejected
 * @param maxModelBytes most that the files of a model may hold together; a larger one is refused
 * @param answerCacheBytes heap that recent answers of a model may take in a process; 0 for none
 * @param transactionTimeout longer than the checkpoint interval, for exactly-once delivery
 * @param crashLimit deaths of the process in a row after which the record that caused them is set
 *     aside; 0 for never
 * @param crashJournal folder where they are noted; null for one beside the checkpoints
 * @param registry where the schemas are; null where no format asks for it
 * @param kafka passed on to every Kafka client; may hold secrets
 * @param secrets what messages must not show
 */
public record Pipeline(
    String name,
    SourceOptions source,
    List<TextPath> text,
    List<EnrichmentOptions> enrichments,
    SinkOptions sink,
    DeadLetterOptions deadLetters,
    int maxCharacters,
    int maxRecordBytes,
    long maxModelBytes,
    long answerCacheBytes,
    Duration checkpointInterval,
    Duration transactionTimeout,
    int crashLimit,
    @Nullable URI crashJournal,
    @Nullable RegistryOptions registry,
    Map<String, String> kafka,
    Secrets secrets) {
  public static final long DEFAULT_ANSWER_CACHE_BYTES = 32L << 20;

  public Pipeline {
    text = List.copyOf(text);
    enrichments = List.copyOf(enrichments);
    kafka = Map.copyOf(kafka);
  }

  /**
   * Loads a file and what it refers to, but for the model bundles.
   *
   * @throws ConfigurationException with every problem of the file
   */
  public static Pipeline load(Path file) throws ConfigurationException {
    Path folder = file.toAbsolutePath().resolveSibling("");
    return YamlFile.read(file, Substitution.of(System.getenv(), folder)).as(PipelineReader::read);
  }

  /** Parses the text of a file that messages call by {@code fileName}. */
  public static Pipeline parse(String fileName, String yaml, Substitution substitution)
      throws ConfigurationException {
    return YamlFile.parse(fileName, yaml, substitution).as(PipelineReader::read);
  }

  /**
   * Returns this pipeline, for the models that it was checked with and no others.
   *
   * @param fingerprints that of each model, by the name of its enrichment
   */
  public Pipeline withFingerprints(Map<String, String> fingerprints) {
    return with(
        enrichments.stream().map(e -> e.withFingerprint(fingerprints.get(e.name()))).toList(),
        sink);
  }

  /** Returns that of each model that this pipeline was checked with, by its enrichment's name. */
  public Map<String, String> fingerprints() {
    Map<String, String> fingerprints = new TreeMap<>();
    for (EnrichmentOptions enrichment : enrichments) {
      if (enrichment.fingerprint() != null) {
        fingerprints.put(enrichment.name(), enrichment.fingerprint());
      }
    }
    return fingerprints;
  }

  /** Returns this pipeline with another topic, or another delivery, of the enriched events. */
  public Pipeline withSink(SinkOptions other) {
    return with(enrichments, other);
  }

  private Pipeline with(List<EnrichmentOptions> newEnrichments, SinkOptions newSink) {
    return new Pipeline(
        name,
        source,
        text,
        newEnrichments,
        newSink,
        deadLetters,
        maxCharacters,
        maxRecordBytes,
        maxModelBytes,
        answerCacheBytes,
        checkpointInterval,
        transactionTimeout,
        crashLimit,
        crashJournal,
        registry,
        kafka,
        secrets);
  }

  /** Shows the name only, and that only where it stands in the file. */
  @Override
  public String toString() {
    return secrets.hide("pipeline " + name);
  }
}
