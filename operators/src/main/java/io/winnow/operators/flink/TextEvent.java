package io.winnow.operators.flink;

import io.winnow.operators.text.TextField;
import io.winnow.schemas.EnrichedEvent;
import java.util.List;

/**
 * An event on its way through the job.
 *
 * @param event the source record with the enrichments so far
 * @param fields its texts, in the order of the pipeline file; none where all are optional and
 *     absent
 */
public record TextEvent(EnrichedEvent event, List<TextField> fields) {}
