package io.winnow.jobs.stale;

import io.winnow.jobs.format.EnrichedReader;
import io.winnow.jobs.format.EnrichedRecord;
import io.winnow.jobs.format.OriginalReader;
import io.winnow.jobs.format.SourceRecord;
import io.winnow.jobs.format.UnreadableException;
import io.winnow.jobs.format.UnreadableTally;
import io.winnow.jobs.pipeline.Pipeline;
import java.util.HashMap;
import java.util.Map;

/**
 * Selects the events of an enriched topic that the present models did not enrich: one for each
 * record of the source, and none for a record that an event of theirs is there of, too.
 *
 * <p>It keeps three bits for each event. Not thread-safe.
 */
public final class StaleSelection {
  private final String source;
  private final Map<String, String> fingerprints;
  private final EnrichedReader events;
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
   */
  public StaleSelection(Pipeline pipeline) {
    this.source = pipeline.source().topic();
    this.fingerprints = pipeline.fingerprints();
    this.events = new EnrichedReader(pipeline);
    this.originals = OriginalReader.of(pipeline);
  }

  /** Takes a record of the enriched topic. */
  public void add(SourceRecord record) {
    records++;
    try {
      EnrichedRecord event = events.read(record);
      if (!event.source().topic().equals(source)) {
        others++;
      } else if (isFresh(event)) {
        fresh.add(event.source().partition(), event.source().offset());
      } else {
        choose(record);
      }
    } catch (UnreadableException e) {
      unreadable.add(record, e.reason(), e.getMessage());
    }
  }

  private boolean isFresh(EnrichedRecord event) {
    Map<String, String> carried = new HashMap<>();
    event.enrichments().forEach(e -> carried.put(e.getName(), e.getFingerprint()));
    return carried.entrySet().containsAll(fingerprints.entrySet());
  }

  private void choose(SourceRecord record) throws UnreadableException {
    SourceRecord original = originals.read(record);
    if (stale.add(original.partition(), original.offset())) {
      chosen.add(record.partition(), record.offset());
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
