package io.winnow.jobs.format;

import io.winnow.operators.text.RejectedException;
import io.winnow.schemas.EnrichedEvent;
import java.io.Serializable;

/** The topic of enriched events, and how they are written to it. */
public record EnrichedOutput(String topic, EventEncoder encoder, SizeLimit limit)
    implements Serializable {

  OutputRecord record(EnrichedEvent event) throws RejectedException {
    OutputRecord record = OutputRecord.enriched(topic, event, encoder.encode(event));
    limit.check(record);
    return record;
  }
}
