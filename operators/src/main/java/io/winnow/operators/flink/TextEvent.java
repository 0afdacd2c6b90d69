package io.winnow.operators.flink;

import io.winnow.operators.text.TextField;
import io.winnow.schemas.EnrichedEvent;
import java.util.List;

/**
 * An event on its way through the job.
 *
 * @param event the source record with the enrichments so far
 * @param fields its texts, in the order of the pipeline file; at least one
 */
public record TextEvent(EnrichedEvent event, List<TextField> fields) {}
