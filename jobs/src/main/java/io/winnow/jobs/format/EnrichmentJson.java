package io.winnow.jobs.format;

import com.fasterxml.jackson.core.JsonGenerator;
import io.winnow.operators.text.RejectedException;
import io.winnow.schemas.Classification;
import io.winnow.schemas.Embedding;
import io.winnow.schemas.Enrichment;
import io.winnow.schemas.Extraction;
import io.winnow.schemas.ScoredLabel;
import io.winnow.schemas.SourcePosition;
import io.winnow.schemas.Span;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Enrichments in JSON, their fields in a fixed order. */
public final class EnrichmentJson {
  private EnrichmentJson() {}

  /** Returns one object for a text outside a topic, on one line: what {@code try --json} prints. */
  public static String line(String text, List<Enrichment> enrichments) {
    if (enrichments.isEmpty()) {
      throw new IllegalArgumentException("Expected at least one enrichment, but found none");
    }

    return JsonText.of(out -> writeLine(out, text, enrichments));
  }

  /** Returns one object for a text that was rejected. */
  public static String line(String text, RejectedException rejection) {
    return JsonText.of(
        out -> {
          out.writeStartObject();
          out.writeStringField("text", text);
          out.writeObjectFieldStart("rejected");
          out.writeStringField("reason", rejection.reason().code());
          out.writeStringField("message", rejection.getMessage());
          out.writeEndObject();
          out.writeEndObject();
        });
  }

  private static void writeLine(JsonGenerator out, String text, List<Enrichment> enrichments)
      throws IOException {
    Enrichment first = enrichments.get(0);
    out.writeStartObject();
    out.writeStringField("text", text);
    writeTokens(out, first);
    out.writeArrayFieldStart("enrichments");
    for (Enrichment enrichment : enrichments) {
      out.writeStartObject();
      writeNames(out, enrichment);
      writeResult(out, enrichment.getResult());
      out.writeEndObject();
    }

    out.writeEndArray();
    out.writeStringField("fingerprint", first.getFingerprint());
    out.writeEndObject();
  }

  /** Writes the array of enrichments of the record at {@code source}. */
  static void writeAll(JsonGenerator out, List<Enrichment> enrichments, SourcePosition source)
      throws IOException {
    out.writeStartArray();
    for (Enrichment enrichment : enrichments) {
      out.writeStartObject();
      writeNames(out, enrichment);
      out.writeStringField("model", enrichment.getModel());
      out.writeStringField("modelVersion", enrichment.getModelVersion());
      out.writeStringField("fingerprint", enrichment.getFingerprint());
      writeTokens(out, enrichment);
      out.writeObjectFieldStart("source");
      JsonText.writePosition(out, source);
      out.writeEndObject();
      writeResult(out, enrichment.getResult());
      out.writeEndObject();
    }

    out.writeEndArray();
  }

  /** Returns the names of the pipeline's enrichments. */
  static Set<String> names(List<Enrichment> enrichments) {
    Set<String> names = new HashSet<>();
    for (Enrichment enrichment : enrichments) {
      names.add(enrichment.getName());
    }

    return names;
  }

  private static void writeNames(JsonGenerator out, Enrichment enrichment) throws IOException {
    out.writeStringField("name", enrichment.getName());
    out.writeStringField("head", enrichment.getHead());
    out.writeStringField("task", enrichment.getTask());
  }

  private static void writeTokens(JsonGenerator out, Enrichment enrichment) throws IOException {
    out.writeNumberField("tokens", enrichment.getTokens());
    out.writeNumberField("tokensRead", enrichment.getTokensRead());
  }

  private static void writeResult(JsonGenerator out, Object result) throws IOException {
    if (result instanceof Classification classification) {
      writeLabels(out, classification.getLabels());
    } else if (result instanceof Extraction extraction) {
      writeSpans(out, extraction.getSpans());
    } else if (result instanceof Embedding embedding) {
      writeVector(out, embedding.getVector());
    } else {
      throw new IllegalArgumentException(
          "Expected a classification, an extraction or an embedding, but found " + result);
    }
  }

  private static void writeLabels(JsonGenerator out, List<ScoredLabel> labels) throws IOException {
    out.writeArrayFieldStart("labels");
    for (ScoredLabel label : labels) {
      out.writeStartObject();
      out.writeStringField("label", label.getLabel());
      out.writeNumberField("score", label.getScore());
      out.writeEndObject();
    }

    out.writeEndArray();
  }

  private static void writeSpans(JsonGenerator out, List<Span> spans) throws IOException {
    out.writeArrayFieldStart("spans");
    for (Span span : spans) {
      out.writeStartObject();
      out.writeStringField("label", span.getLabel());
      if (!span.getField().isEmpty()) {
        out.writeStringField("field", span.getField());
      }

      out.writeStringField("text", span.getText());
      out.writeNumberField("start", span.getStart());
      out.writeNumberField("end", span.getEnd());
      out.writeNumberField("score", span.getScore());
      out.writeEndObject();
    }

    out.writeEndArray();
  }

  private static void writeVector(JsonGenerator out, List<Float> vector) throws IOException {
    out.writeArrayFieldStart("vector");
    for (float component : vector) {
      out.writeNumber(component);
    }

    out.writeEndArray();
  }
}
