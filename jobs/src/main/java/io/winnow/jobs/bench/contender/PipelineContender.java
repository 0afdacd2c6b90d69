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
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.flink.api.common.JobID;

/**
 * The job of a pipeline from Kafka to Kafka: exactly once while it has all the texts at once, and
 * at least once while they come at 70 % of the rate that this gave, which is where latency is
 * measured. Then it has a subtask fewer, and so many fewer texts: a record that comes alone takes
 * the broker and the bench so much time that with all cores at work it would wait for one.
 *
 * <p>Both jobs stay from round to round, as jobs of pipelines do: the JVM compiles the code of a
 * new one anew, for longer than a round takes. Between its rounds a job idles, and commits.
 */
final class PipelineContender implements Contender {
  /** Jobs that there are at once. */
  static final int JOBS = 2;

  private static final double LOAD = 0.7;
  private static final int WARM_UPS = 3;
  private static final int WARM_UP_TEXTS = 20_000; // of each
  private static final double WARM_UP_RATE = 1_000; // more than are answered in a round

  private final PipelineJobs jobs;
  private final BenchTopics topics;
  private final Map<Delivery, Standing> standing = new EnumMap<>(Delivery.class);
  private final Set<Delivery> warm = EnumSet.noneOf(Delivery.class);
  private int starts;

  /** A job that stays, and whether it keeps answers. */
  private record Standing(PipelineTopics names, PipelineJob job, boolean cached) {}

  PipelineContender(PipelineJobs jobs, BenchTopics topics) {
    this.jobs = jobs;
    this.topics = topics;
  }

  /** A job that has failed, or may answer late, is not used again. */
  @Override
  public Measurement measure(Workload workload, int texts) throws Exception {
    try {
      return measured(workload, texts);
    } catch (Exception e) {
      close();
      throw e;
    }
  }

  private Measurement measured(Workload workload, int texts) throws Exception {
    Measurement full = saturated(standing(Delivery.EXACTLY_ONCE, workload), workload.next(texts));
    double share = LOAD * subtasks(Delivery.AT_LEAST_ONCE) / jobs.cores();
    Latencies latencies =
        paced(
            standing(Delivery.AT_LEAST_ONCE, workload),
            workload.next(Math.max(Round.LEAST_TEXTS, (int) (texts * share))),
            full.eventsPerSecond() * share);
    return new Measurement(
        full.events(),
        full.tokens(),
        full.seconds(),
        full.cpuSeconds(),
        latencies.millis(50),
        latencies.millis(99));
  }

  /** Returns the job that delivers so, in a JVM that has run one like it for a while. */
  private Standing standing(Delivery delivery, Workload workload) throws Exception {
    Standing found = standing.get(delivery);
    if (found != null && found.cached == workload.mayBeCached()) {
      return found;
    }
    if (found != null) {
      standing.remove(delivery);
      found.job.close();
    }
    if (!warm.contains(delivery)) {
      warmUp(delivery, workload);
      warm.add(delivery);
    }
    Standing started = start(delivery, workload.mayBeCached());
    standing.put(delivery, started);
    return started;
  }

  /**
   * Runs a job that knows its answers, so that many records go through it: what the JVM compiles is
   * what is called often.
   */
  private void warmUp(Delivery delivery, Workload workload) throws Exception {
    Standing early = start(delivery, true);
    try {
      List<BenchText> few = workload.next(Round.LEAST_TEXTS);
      List<BenchText> texts = repeated(few, WARM_UP_TEXTS);
      for (int i = 0; i < WARM_UPS; i++) {
        early.job.answers().startOver();
        topics.write(early.names.source(), texts);
        early.job.awaitRead(texts.size());
        Compilers.awaitQuiet();
      }
      // Records that come one by one take other ways through Kafka's clients and the broker.
      var unused = paced(early, repeated(few, WARM_UP_TEXTS / 2), WARM_UP_RATE);
      Compilers.awaitQuiet();
    } finally {
      early.job.close();
    }
  }

  private Standing start(Delivery delivery, boolean cached) throws Exception {
    starts++;
    PipelineTopics names = PipelineTopics.of("bench-" + starts);
    for (String name : names.all()) {
      topics.create(name);
    }
    WrittenRecords answers = topics.written(names.sink());
    WrittenRecords deadLetters = topics.written(names.deadLetters());
    JobID id = jobs.start(names, delivery, cached, subtasks(delivery));
    return new Standing(names, new PipelineJob(jobs.cluster(), id, answers, deadLetters), cached);
  }

  private int subtasks(Delivery delivery) {
    return delivery == Delivery.EXACTLY_ONCE ? jobs.cores() : Math.max(1, jobs.cores() - 1);
  }

  private static List<BenchText> repeated(List<BenchText> texts, int count) {
    return IntStream.range(0, count).mapToObj(i -> texts.get(i % texts.size())).toList();
  }

  /** Returns what was measured while all subtasks had work; its latencies mean nothing. */
  private Measurement saturated(Standing standing, List<BenchText> texts) throws Exception {
    PipelineJob job = standing.job;
    job.answers().startOver();
    topics.write(standing.names.source(), texts);
    List<Long> first = job.await(Round.first(texts.size()));
    Moment begin = Moment.now(0, 0);
    List<Long> last = job.await(Round.last(texts.size()));
    Moment end = Moment.now(0, 0);
    job.awaitRead(texts.size());
    Measurement measured =
        counted(begin, texts, job.answers().before(first))
            .until(counted(end, texts, job.answers().before(last)), 0, 0);
    if (measured.events() == 0) {
      throw new IllegalStateException(
          "The sink wrote the answers to %d texts at once, which leaves nothing to measure; take longer rounds with --seconds"
              .formatted(texts.size()));
    }
    return measured;
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

  private Latencies paced(Standing standing, List<BenchText> texts, double perSecond)
      throws Exception {
    Latencies latencies =
        topics
            .paced(standing.names.source(), texts, perSecond)
            .send(standing.names.sink(), standing.job.answers().ends());
    standing.job.requireNoDeadLetters();
    return latencies;
  }

  @Override
  public void close() {
    standing.values().forEach(each -> each.job.close());
    standing.clear();
  }
}
