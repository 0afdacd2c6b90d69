package io.winnow.jobs.pipeline;

import io.winnow.operators.config.ConfigurationException;
import io.winnow.operators.config.Secrets;
import io.winnow.operators.config.Substitution;
import io.winnow.operators.config.YamlFile;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * A pipeline file, checked.
 *
 * @param name consumer group, transactional ids and operator uids derive from it
 * @param text where the text is; empty where the payload itself is the text
 * @param enrichments in the order they run; at least one
 * @param maxCharacters longest text that is read, in UTF-16 code units; a longer one is rejected
 * @param transactionTimeout longer than the checkpoint interval, for exactly-once delivery
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
    Duration checkpointInterval,
    Duration transactionTimeout,
    Map<String, String> kafka,
    Secrets secrets) {
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

  /** Returns this pipeline with another topic, or another delivery, of the enriched events. */
  public Pipeline withSink(SinkOptions other) {
    return new Pipeline(
        name,
        source,
        text,
        enrichments,
        other,
        deadLetters,
        maxCharacters,
        checkpointInterval,
        transactionTimeout,
        kafka,
        secrets);
  }

  /** Shows the name only, and that only where it stands in the file. */
  @Override
  public String toString() {
    return secrets.hide("pipeline " + name);
  }
}
