package io.winnow.jobs.pipeline;

import io.winnow.operators.config.Kind;
import io.winnow.operators.config.Section;
import io.winnow.operators.flink.Batching;
import io.winnow.operators.model.Aggregation;
import io.winnow.operators.seal.GoldenPolicy;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads the enrichments of a pipeline file. */
final class EnrichmentReader {
  /** Two letters at least: one is a drive. */
  private static final Pattern SCHEME = Pattern.compile("[a-zA-Z][a-zA-Z0-9+.-]+:.*");

  private static final int MAX_PARALLELISM = 32_768; // Flink's own

  static final Kind<URI> FOLDER =
      Kind.parsed("a path or a URI of a folder", URI.create("file:///"), EnrichmentReader::uri);

  private EnrichmentReader() {}

  static List<EnrichmentOptions> read(Section root) {
    Map<String, Integer> names = new HashMap<>();
    List<EnrichmentOptions> enrichments = new ArrayList<>();
    for (Section section : root.sections("enrichments")) {
      EnrichmentOptions enrichment = readOne(section);
      Integer earlier = names.putIfAbsent(enrichment.name(), enrichments.size());
      if (earlier != null) {
        section.problem(
            "name", "expected a name of its own, but enrichments[%d] has it".formatted(earlier));
      }
      enrichments.add(enrichment);
    }

    return enrichments;
  }

  private static EnrichmentOptions readOne(Section section) {
    EnrichmentOptions enrichment =
        new EnrichmentOptions(
            section.required("name", Kinds.NAME),
            section.required("model", FOLDER),
            section.optional("parallelism", Kind.integer(1, MAX_PARALLELISM)).orElse(null),
            section.optionalList("heads", Kind.string()),
            section.optional("top-k", Kind.integer(1)).orElse(null),
            section.optional("min-score", Kind.number(0, 1)).orElse(null),
            section.optional("aggregation", Kind.choice(Aggregation.class)).orElse(null),
            section.optional("golden-records", Kind.choice(GoldenPolicy.class), GoldenPolicy.FAIL),
            batching(section),
            null);
    Distinct.check(section, "heads", enrichment.heads(), "head");
    return enrichment;
  }

  private static Batching batching(Section section) {
    boolean sorted =
        section.optional("batching", Kind.choice(BatchingMode.class), BatchingMode.EXACT)
            == BatchingMode.SORTED;
    Optional<Duration> wait =
        section.optional("batching-wait", Kind.duration(Duration.ofMillis(1)));
    if (!sorted && wait.isPresent()) {
      section.problem(
          "batching-wait", "expected with batching: sorted only; set that or remove it");
    }
    return sorted ? Batching.sorted(wait.orElse(Batching.DEFAULT_WAIT)) : Batching.EXACT;
  }

  /** A path is absolute from here on: task managers have working directories of their own. */
  private static URI uri(String text) {
    if (!SCHEME.matcher(text).matches()) {
      return Path.of(text).toAbsolutePath().normalize().toUri();
    }
    URI uri = URI.create(text);
    if (uri.getPath() == null || uri.getPath().indexOf('\0') >= 0) { // as in file:models
      throw new IllegalArgumentException(text);
    }
    return uri;
  }
}
