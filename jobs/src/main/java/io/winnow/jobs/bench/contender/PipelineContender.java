package io.winnow.jobs.bench.contender;

import io.winnow.jobs.bench.BenchText;
import io.winnow.jobs.bench.Latencies;
import io.winnow.jobs.bench.Measurement;
import io.winnow.jobs.bench.Moment;
import io.winnow.jobs.bench.Round;
import io.winnow.jobs.bench.broker.BenchTopics;
import io.winnow.jobs.bench.broker.WrittenRecords;
import io.winnow.jobs.bench.text.Workload;
import io.winnow.jobs.pipeline.Delivery;
import io.winnow.operators.text.RejectedException;
import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The job of a pipeline from Kafka to Kafka: exactly once while it has all the texts at once, and
 * at least once while they come at 70 % of the rate that this gave, which is where latency is
 * measured.
 */
final class PipelineContender implements Contender {
  private static final double LOAD = 0.7;
  private static final int WARM_UP_TEXTS = 20_000;

  private final PipelineJobs jobs;
  private final BenchTopics topics;
  private int runs;

  PipelineContender(PipelineJobs jobs, BenchTopics topics) {
    this.jobs = jobs;
    this.topics = topics;
  }

  @Override
  public Measurement measure(Workload workload, int texts) throws Exception {
    List<BenchText> measured = workload.first(texts);
    List<BenchText> early = early(workload, texts);
    Measurement full = saturated(early, measured, workload.mayBeCached());
    int fewer = Math.max(Round.LEAST_TEXTS, (int) (texts * LOAD));
    Latencies latencies =
        paced(
            early,
            measured.subList(0, fewer),
            workload.mayBeCached(),
            full.eventsPerSecond() * LOAD);
    return new Measurement(
        full.events(),
        full.tokens(),
        full.seconds(),
        full.cpuSeconds(),
        latencies.millis(50),
        latencies.millis(99));
  }

  /**
   * Returns what goes through a job before it is measured: many records of few texts that are not
   * in the round. The JVM compiles what is called often, and does so again in each job, for ten
   * seconds at the rate of a model.
   */
  private static List<BenchText> early(Workload workload, int texts) throws RejectedException {
    List<BenchText> few =
        workload.first(texts + Round.LEAST_TEXTS).subList(texts, texts + Round.LEAST_TEXTS);
    int count = workload.mayBeCached() ? WARM_UP_TEXTS : few.size();
    return IntStream.range(0, count).mapToObj(i -> few.get(i % few.size())).toList();
  }

  private PipelineTopics newTopics() throws IOException, InterruptedException {
    runs++;
    PipelineTopics names = PipelineTopics.of("bench-" + runs);
    for (String name : names.all()) {
      topics.create(name);
    }
    return names;
  }

  /** Returns what was measured while all subtasks had work; its latencies mean nothing. */
  private Measurement saturated(List<BenchText> early, List<BenchText> texts, boolean cached)
      throws Exception {
    PipelineTopics names = newTopics();
    List<BenchText> all = Stream.of(early, texts).flatMap(List::stream).toList();
    topics.write(names.source(), all);
    try (PipelineJob job = jobs.start(names, Delivery.EXACTLY_ONCE, cached);
        WrittenRecords written = topics.written(names.sink())) {
      List<Long> first = job.await(written, early.size() + Round.first(texts.size()));
      Moment begin = Moment.now(0, 0);
      List<Long> last = job.await(written, early.size() + Round.last(texts.size()));
      Moment end = Moment.now(0, 0);
      job.awaitRead(written, all.size());
      requireNoDeadLetters(names);
      Measurement measured =
          counted(begin, all, written.before(first))
              .until(counted(end, all, written.before(last)), 0, 0);
      if (measured.events() == 0) {
        throw new IllegalStateException(
            "The sink wrote the answers to %d texts at once, which leaves nothing to measure; take longer rounds with --seconds"
                .formatted(texts.size()));
      }
      return measured;
    }
  }

  /** Texts lie in turn in the partitions, and so do their answers, in the same order. */
  private static Moment counted(Moment moment, List<BenchText> texts, List<Integer> answers) {
    long tokens = 0;
    for (int partition = 0; partition < answers.size(); partition++) {
      for (int i = 0; i < answers.get(partition); i++) {
        tokens += texts.get(partition + i * answers.size()).tokens();
      }
    }
    return moment.with(answers.stream().mapToInt(Integer::intValue).sum(), tokens);
  }

  private Latencies paced(
      List<BenchText> early, List<BenchText> texts, boolean cached, double perSecond)
      throws Exception {
    PipelineTopics names = newTopics();
    try (PipelineJob job = jobs.start(names, Delivery.AT_LEAST_ONCE, cached);
        WrittenRecords written = topics.written(names.sink())) {
      topics.write(names.source(), early);
      List<Long> before = job.await(written, early.size());
      Latencies latencies =
          topics.paced(names.source(), texts, perSecond).send(names.sink(), before);
      requireNoDeadLetters(names);
      return latencies;
    }
  }

  private void requireNoDeadLetters(PipelineTopics names) {
    try (WrittenRecords rejected = topics.written(names.deadLetters())) {
      long count = rejected.ends().stream().mapToLong(Long::longValue).sum();
      if (count > 0) {
        throw new IllegalStateException(
            "Expected an answer to each text, but the pipeline rejected %d".formatted(count));
      }
    }
  }
}
