package io.winnow.operators.flink;

import java.util.ArrayList;
import java.util.List;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/** Events that wait to be enriched together, in the order in which they came. */
final class WaitingEvents {
  /** So that the heap holds them, however long they are. */
  private static final int MOST_CHARACTERS = 1 << 18;

  private List<StreamRecord<TextEvent>> events = new ArrayList<>();
  private long characters;

  /** Adds an event; the record itself is its sender's to use again. */
  void add(StreamRecord<TextEvent> element) {
    events.add(element.copy(element.getValue()));
    element.getValue().fields().forEach(field -> characters += field.text().length());
  }

  boolean isEmpty() {
    return events.isEmpty();
  }

  boolean isFull() {
    return events.size() >= Batching.MOST_EVENTS || characters >= MOST_CHARACTERS;
  }

  /** Returns all events, which wait no longer. */
  List<StreamRecord<TextEvent>> take() {
    List<StreamRecord<TextEvent>> taken = events;
    events = new ArrayList<>();
    characters = 0;
    return taken;
  }
}
