package io.winnow.jobs.plan;

import io.winnow.jobs.format.EventDecoder;
import io.winnow.jobs.format.SourceRecord;
import io.winnow.jobs.kafka.TopicReading;
import io.winnow.jobs.pipeline.Pipeline;
import io.winnow.jobs.replay.PartitionRange;
import io.winnow.operators.text.JoinedText;
import io.winnow.operators.text.RejectedException;
import io.winnow.operators.text.TextPolicy;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads a sample of a pipeline's topic.
 *
 * @param whole what the topic holds
 * @param records how many to look at, about
 * @param patience how long the brokers may take for the next records
 */
public record TopicSampler(
    Pipeline pipeline, List<PartitionRange> whole, int records, Duration patience) {

  public TextSample read() throws IOException, InterruptedException {
    String topic = pipeline.source().topic();
    List<SourceRecord> found = new ArrayList<>();
    for (List<PartitionRange> run : SampleRuns.of(whole, records)) {
      if (!run.isEmpty()) {
        new TopicReading(pipeline, topic, patience).read(run, found::add);
      }
    }
    EventDecoder decoder = EventDecoder.of(pipeline);
    List<String> texts =
        found.stream().map(record -> text(record, decoder)).flatMap(Optional::stream).toList();
    long population = whole.stream().mapToLong(PartitionRange::offsets).sum();
    return new TextSample(
        "topic " + pipeline.secrets().hide(topic), population, found.size(), texts);
  }

  private Optional<String> text(SourceRecord record, EventDecoder decoder) {
    try {
      String text = new JoinedText(decoder.decode(record).fields()).text();
      TextPolicy.check(text, pipeline.maxCharacters());
      return Optional.of(text);
    } catch (RejectedException e) {
      return Optional.empty();
    }
  }
}
