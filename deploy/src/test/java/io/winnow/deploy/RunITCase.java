package io.winnow.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A broker, the job, a producer and a consumer, as separate as in real life. */
class RunITCase {
  private static final int EVENTS = 10_000;

  @TempDir Path folder;

  @Test
  void everyEventComesOutOnceThoughTheProcessIsKilledInBetween() throws Exception {
    try (BrokerProcess broker = BrokerProcess.start(folder);
        PipelineTopics topics = PipelineTopics.create(broker.servers(), 3)) {
      topics.produce(EVENTS);
      Path pipeline = topics.pipeline(folder, "run-test");
      Launcher launcher = Launcher.winnow(folder);
      String[] run = {"run", pipeline.toString(), "--state", folder.resolve("state").toString()};

      try (Launcher.Started first = launcher.start(run)) {
        topics.readUntil(EVENTS / 5, first::ended);
        first.kill();
      }
      assertThat(topics.size()).isLessThan(EVENTS);
      try (Launcher.Started second = launcher.start(run)) {
        topics.readAll(second::ended);
      }

      topics.assertEachOnce();
      topics.assertOrderOfKeys();
    }
  }
}
