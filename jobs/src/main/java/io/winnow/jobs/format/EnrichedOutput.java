package io.winnow.jobs.format;

import io.winnow.operators.text.RejectedException;
import io.winnow.schemas.EnrichedEvent;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * The topic of enriched events, and how they are written to it.
 *
 * @param replay id of the replay that writes them; null for a job that runs on
 */
public record EnrichedOutput(
    String topic, EventEncoder encoder, SizeLimit limit, @Nullable String replay)
    implements Serializable {

  OutputRecord record(EnrichedEvent event) throws RejectedException {
    OutputRecord record = OutputRecord.enriched(topic, event, encoder.encode(event)).of(replay);
    limit.check(record);
    return record;
  }
}
