package io.winnow.jobs.stale;

import io.winnow.jobs.format.EnrichedValue;
import io.winnow.jobs.format.EnrichmentReader;
import io.winnow.jobs.format.OriginalReader;
import io.winnow.jobs.format.SourceRecord;
import io.winnow.jobs.format.UnreadableException;
import io.winnow.jobs.format.UnreadableTally;
import io.winnow.jobs.pipeline.Pipeline;
import io.winnow.jobs.pipeline.RegistryOptions;
import io.winnow.jobs.replay.PartitionRange;
import io.winnow.schemas.Enrichment;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Selects the events in a range of an enriched topic that the present models did not enrich: one
 * for each record of the source, and none for a record that an event of theirs is there of, too, in
 * the range or behind it.
 *
 * <p>It keeps three bits for each event. Not thread-safe.
 */
public final class StaleSelection {
  private final String source;
  private final Map<String, String> fingerprints;
  private final Map<Integer, Long> ends = new HashMap<>();
  private final @Nullable RegistryOptions registry;
  private final EnrichmentReader enrichments = new EnrichmentReader();
  private final OriginalReader originals;

  /** By their offsets in the enriched topic. */
  private final OffsetSet chosen = new OffsetSet();

  /** By their offsets in the source. */
  private final OffsetSet stale = new OffsetSet();

  private final OffsetSet fresh = new OffsetSet();
  private final UnreadableTally unreadable = new UnreadableTally();
  private long records;
  private long others;

  /**
   * Creates an empty selection.
   *
   * @param pipeline with the fingerprints of the present models
   * @param range that the events are selected of
   */
  public StaleSelection(Pipeline pipeline, List<PartitionRange> range) {
    range.forEach(partition -> ends.put(partition.partition(), partition.to()));
    this.source = pipeline.source().topic();
    this.fingerprints = pipeline.fingerprints();
    this.registry = pipeline.registry();
    this.originals = OriginalReader.of(pipeline);
  }

  /** Takes a record of the enriched topic, from the start of the range on. */
  public void add(SourceRecord record) {
    boolean within = record.offset() < ends.getOrDefault(record.partition(), 0L);
    if (within) {
      records++;
    }
    try {
      add(EnrichedValue.of(record, registry), within);
    } catch (UnreadableException e) {
      if (within) {
        unreadable.add(record, e.reason(), e.getMessage());
      }
    }
  }

  private void add(EnrichedValue event, boolean within) throws UnreadableException {
    Map<String, String> carried = new HashMap<>();
    for (Enrichment enrichment : event.enrichments(enrichments)) {
      carried.put(enrichment.getName(), enrichment.getFingerprint());
    }
    if (isOthers(event, carried)) {
      others += within ? 1 : 0;
    } else if (carried.entrySet().containsAll(fingerprints.entrySet())) {
      fresh.add(event.source().partition(), event.source().offset());
    } else if (within) {
      choose(event);
    }
  }

  /** Another pipeline may read the same source and write to the same topic. */
  private boolean isOthers(EnrichedValue event, Map<String, String> carried) {
    return !event.source().topic().equals(source)
        || Collections.disjoint(carried.keySet(), fingerprints.keySet());
  }

  private void choose(EnrichedValue event) throws UnreadableException {
    SourceRecord original = originals.read(event);
    if (stale.add(original.partition(), original.offset())) {
      chosen.add(event.record().partition(), event.record().offset());
    }
  }

  public StaleCounts counts() {
    return new StaleCounts(records, stale.without(fresh), others, unreadable.counts());
  }

  /** Returns what takes the selected events out of the topic, as the records that they were. */
  public StaleFunction function() {
    return new StaleFunction(chosen, fresh, originals);
  }
}
