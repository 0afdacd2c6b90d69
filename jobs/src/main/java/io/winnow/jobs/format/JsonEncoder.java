package io.winnow.jobs.format;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.winnow.operators.text.RejectedException;
import io.winnow.schemas.EnrichedEvent;
import io.winnow.schemas.Enrichment;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** Adds the enrichments to the JSON object that an event's value is. */
record JsonEncoder() implements EventEncoder {
  @Override
  public byte[] encode(EnrichedEvent event) throws RejectedException {
    String object =
        JsonReader.withoutByteOrderMark(Utf8.decode(JsonText.bytes(event.getPayload())));
    String enrichments =
        JsonText.of(out -> EnrichmentJson.writeAll(out, event.getEnrichments(), event.getSource()));
    Optional<String> spliced = JsonSplice.splice(object, enrichments, names(event));
    return spliced
        .map(json -> json.getBytes(UTF_8))
        .orElseGet(() -> EnvelopeEncoder.envelope(event));
  }

  private static Set<String> names(EnrichedEvent event) {
    Set<String> names = new HashSet<>();
    for (Enrichment enrichment : event.getEnrichments()) {
      names.add(enrichment.getName());
    }

    return names;
  }
}
