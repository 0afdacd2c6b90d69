package io.winnow.jobs.format;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.winnow.operators.text.RejectedException;
import io.winnow.schemas.EnrichedEvent;
import java.util.Optional;

/** Adds the enrichments to the JSON object that an event's value is. */
record JsonEncoder() implements EventEncoder {
  @Override
  public byte[] encode(EnrichedEvent event) throws RejectedException {
    String object = JsonReader.withoutByteOrderMark(Utf8.decode(RawBytes.of(event.getPayload())));
    String enrichments =
        JsonText.of(out -> EnrichmentJson.writeAll(out, event.getEnrichments(), event.getSource()));
    Optional<String> spliced =
        JsonSplice.splice(object, enrichments, EnrichmentJson.names(event.getEnrichments()));
    return spliced
        .map(json -> json.getBytes(UTF_8))
        .orElseGet(() -> EnvelopeEncoder.envelope(event));
  }
}
