package io.winnow.jobs.format;

import com.fasterxml.jackson.databind.JsonNode;
import io.winnow.schemas.Classification;
import io.winnow.schemas.Embedding;
import io.winnow.schemas.Enrichment;
import io.winnow.schemas.Extraction;
import io.winnow.schemas.ScoredLabel;
import io.winnow.schemas.Span;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads enrichments from a JSON tree, as {@link EnrichmentJson} writes them or as {@link
 * AvroReader} reads them. Elements that are somebody else's are left out.
 *
 * <p>Not thread-safe.
 */
public final class EnrichmentReader {
  static final String INVALID = "invalid-enrichments";
  private static final int MOST_KEPT = 10_000; // then it starts over

  /** Names and labels that come again and again: one of each is enough in memory. */
  private final Map<String, String> kept = new HashMap<>();

  /** Reads an array. */
  public List<Enrichment> read(JsonNode array) throws UnreadableException {
    if (!array.isArray()) {
      throw invalid("an array", array);
    }
    List<Enrichment> enrichments = new ArrayList<>(array.size());
    for (JsonNode node : array) {
      if (isOurs(node)) {
        enrichments.add(enrichment(node));
      }
    }
    return enrichments;
  }

  private static boolean isOurs(JsonNode node) {
    return node.path("name").isTextual()
        && node.path("head").isTextual()
        && node.path("fingerprint").isTextual();
  }

  private Enrichment enrichment(JsonNode node) throws UnreadableException {
    return new Enrichment(
        kept(node, "name"),
        kept(node, "head"),
        kept(node, "task"),
        kept(node, "model"),
        kept(node, "modelVersion"),
        kept(node, "fingerprint"),
        node.path("tokens").asInt(),
        node.path("tokensRead").asInt(),
        result(node.has("result") ? node.path("result") : node));
  }

  private Object result(JsonNode node) throws UnreadableException {
    if (node.path("labels").isArray()) {
      return new Classification(labels(node.path("labels")));
    }
    if (node.path("spans").isArray()) {
      return new Extraction(spans(node.path("spans")));
    }
    if (node.path("vector").isArray()) {
      return new Embedding(vector(node.path("vector")));
    }
    throw invalid("labels, spans or a vector", node);
  }

  private List<ScoredLabel> labels(JsonNode array) throws UnreadableException {
    List<ScoredLabel> labels = new ArrayList<>(array.size());
    Set<String> names = new HashSet<>();
    for (JsonNode node : array) {
      if (!node.path("label").isTextual() || !names.add(node.path("label").textValue())) {
        throw invalid("labels, each once", array);
      }
      labels.add(new ScoredLabel(kept(node, "label"), number(node.path("score"))));
    }
    return labels;
  }

  private List<Span> spans(JsonNode array) throws UnreadableException {
    List<Span> spans = new ArrayList<>(array.size());
    for (JsonNode node : array) {
      JsonNode start = node.path("start");
      JsonNode end = node.path("end");
      if (!node.path("label").isTextual()
          || !start.canConvertToInt()
          || !end.canConvertToInt()
          || start.asInt() < 0
          || end.asInt() <= start.asInt()) {
        throw invalid("spans with a label and an end behind their start", node);
      }
      spans.add(
          new Span(
              kept(node, "label"),
              kept(node, "field"),
              start.asInt(),
              end.asInt(),
              node.path("text").asText(),
              number(node.path("score"))));
    }
    return spans;
  }

  private static List<Float> vector(JsonNode array) throws UnreadableException {
    List<Float> vector = new ArrayList<>(array.size());
    for (JsonNode component : array) {
      vector.add(number(component));
    }
    return vector;
  }

  private static float number(JsonNode node) throws UnreadableException {
    float number = (float) node.asDouble(Double.NaN);
    if (!node.isNumber() || !Float.isFinite(number)) {
      throw invalid("a number", node);
    }
    return number;
  }

  private String kept(JsonNode node, String field) {
    if (kept.size() >= MOST_KEPT) {
      kept.clear();
    }
    return kept.computeIfAbsent(node.path(field).asText(), text -> text);
  }

  private static UnreadableException invalid(String expected, JsonNode found) {
    return new UnreadableException(
        INVALID,
        "Expected %s in 'enrichments', found %s"
            .formatted(expected, found.isMissingNode() ? "nothing" : excerpt(found.toString())));
  }

  private static String excerpt(String text) {
    int most = 60;
    return text.length() <= most ? text : text.substring(0, most) + "...";
  }
}
