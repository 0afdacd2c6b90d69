package io.winnow.jobs.bench.contender;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.winnow.jobs.bench.Query;
import io.winnow.operators.flink.TextEvent;
import io.winnow.operators.text.TextField;
import io.winnow.schemas.EnrichedEvent;
import io.winnow.schemas.SourcePosition;
import java.nio.ByteBuffer;
import java.util.List;
import org.apache.flink.api.common.functions.MapFunction;

/** Makes an event of a text, whose offset is the text's index. */
final class EventFunction implements MapFunction<Query, TextEvent> {
  private static final long serialVersionUID = 1L;
  private static final long NO_TIMESTAMP = -1;

  @Override
  public TextEvent map(Query query) {
    EnrichedEvent event =
        new EnrichedEvent(
            new SourcePosition("bench", 0, (long) query.index(), NO_TIMESTAMP),
            null,
            List.of(),
            ByteBuffer.wrap(query.text().getBytes(UTF_8)),
            List.of());
    return new TextEvent(event, List.of(new TextField("", query.text())));
  }
}
