package io.winnow.operators.flink;

import io.winnow.schemas.EnrichedEvent;
import io.winnow.schemas.Header;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/** Events that wait to be enriched together, in the order in which they came. */
final class WaitingEvents {
  /** So that the heap holds them, whatever else is in them; the last one comes on top. */
  private static final int MOST_BYTES = 1 << 22;

  private List<StreamRecord<TextEvent>> events = new ArrayList<>();
  private long characters;
  private long bytes;

  /** Adds an event; the record itself is its sender's to use again. */
  void add(StreamRecord<TextEvent> element) {
    events.add(element.copy(element.getValue()));
    element.getValue().fields().forEach(field -> characters += field.text().length());
    bytes += bytes(element.getValue().event());
  }

  private static long bytes(EnrichedEvent event) {
    long bytes = event.getPayload().remaining();
    bytes += event.getKey() == null ? 0 : event.getKey().remaining();
    for (Header header : event.getHeaders()) {
      bytes += header.getValue() == null ? 0 : header.getValue().remaining();
    }
    return bytes;
  }

  boolean isEmpty() {
    return events.isEmpty();
  }

  boolean isFull() {
    return Batching.isFull(events.size(), characters) || bytes >= MOST_BYTES;
  }

  /** Returns all events, which wait no longer. */
  List<StreamRecord<TextEvent>> take() {
    List<StreamRecord<TextEvent>> taken = events;
    events = new ArrayList<>();
    characters = 0;
    bytes = 0;
    return taken;
  }
}
