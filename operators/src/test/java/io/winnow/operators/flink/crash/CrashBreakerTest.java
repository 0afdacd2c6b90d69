package io.winnow.operators.flink.crash;

import static io.winnow.operators.flink.crash.Lives.LIMIT;
import static io.winnow.operators.flink.crash.Lives.source;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.winnow.operators.text.Reason;
import io.winnow.operators.text.RejectedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CrashBreakerTest {
  private static final long DEADLY = 1_000;

  @TempDir Path folder;
  private Lives lives;

  @BeforeEach
  void start() {
    this.lives = new Lives(folder);
  }

  @Test
  void normalRunningHasAMarkAndNothingElse() throws Exception {
    CrashBreaker first = lives.next();
    CrashBreaker second = lives.sibling(1);
    for (long offset = 0; offset < 1_000; offset++) {
      assertThat(first.read(source(offset), lives::names))
          .containsExactly("mark-life1-0", "mark-life1-1");
    }

    assertThat(lives.journal().resolve("mark-life1-0")).isEmptyFile();
    first.close();
    second.close();
    assertThat(lives.names()).isEmpty();
  }

  @Test
  void recordThatKillsAgainAndAgainIsSetAsideAndTheOthersAreRead() throws Exception {
    CrashBreaker breaker = lives.untilSetAside(DEADLY);

    assertThat(lives.deaths()).isEqualTo(2 + LIMIT); // unknown, in its block, and then alone
    RejectedException rejection = rejection(breaker, DEADLY);
    assertThat(rejection.reason()).isEqualTo(Reason.PROCESS_CRASHED);
    assertThat(rejection).hasMessageStartingWith("The process died 3 times in a row while");
    assertThat(breaker.read(source(DEADLY - 1), () -> "before")).isEqualTo("before");
    assertThat(breaker.read(source(DEADLY + 1), () -> "after")).isEqualTo("after");
  }

  @Test
  void secondRecordThatKillsIsSetAsideToo() throws Exception {
    lives.untilSetAside(DEADLY); // and dies without a checkpoint
    int before = lives.deaths();
    lives.untilSetAside(DEADLY + 1);

    assertThat(lives.deaths() - before).isBetween(LIMIT, LIMIT + 2);
    assertThat(lives.notes()).contains("record-2-1000-3", "record-2-1001-3");
  }

  @Test
  void recordStaysSetAsideUntilACheckpointCoversIt() throws Exception {
    lives.untilSetAside(DEADLY).close();
    CrashBreaker breaker = lives.next();
    breaker.barrier(7);
    rejection(breaker, DEADLY);
    breaker.checkpointCompleted(7); // its barrier came before the record
    assertThat(lives.notes()).hasSize(LIMIT);

    breaker.barrier(8);
    breaker.barrier(9);
    breaker.checkpointCompleted(8);
    assertThat(lives.notes()).isEmpty();
  }

  @Test
  void checkpointOfASubtaskThatDoesNotReadTheRecordForgetsNothing() throws Exception {
    lives.untilSetAside(DEADLY).close();
    CrashBreaker other = lives.next();
    complete(other, 1, CarefulReading.QUIET_CHECKPOINTS);

    assertThat(lives.notes()).hasSize(LIMIT);
  }

  @Test
  void onlyDeathsInARowCount() throws Exception {
    for (int life = 1; life < 2 + LIMIT; life++) {
      lives.die(lives.next(), DEADLY);
    }
    assertThat(lives.notes()).containsExactly("record-2-1000-1", "record-2-1000-2");
    lives.next().read(source(DEADLY), () -> "survived");
    assertThat(lives.notes()).isEmpty();

    int before = lives.deaths();
    lives.untilSetAside(DEADLY);
    assertThat(lives.deaths() - before).isGreaterThan(LIMIT);
  }

  @Test
  void recordThatWasReadBeforeTheDeadlyOneIsNotBlamed() throws Exception {
    lives.untilSetAside(DEADLY);

    assertThat(lives.notes())
        .containsExactly("record-2-1000-1", "record-2-1000-2", "record-2-1000-3");
  }

  @Test
  void deathInNormalRunningAfterCarefulReadingStartsAgain() throws Exception {
    lives.die(lives.next(), DEADLY);
    CrashBreaker careful = lives.next();
    complete(careful, 1, CarefulReading.QUIET_CHECKPOINTS);
    lives.die(careful, DEADLY);
    assertThat(lives.journal().resolve("mark-life2-0")).isEmptyFile();

    lives.untilSetAside(DEADLY);
    assertThat(lives.deaths()).isEqualTo(3 + LIMIT);
  }

  @Test
  void suspectIsReadAloneInTheProcess() throws Exception {
    lives.die(lives.next(), DEADLY);
    lives.die(lives.next(), DEADLY);
    CrashBreaker first = lives.next();
    CrashBreaker second = lives.sibling(1);
    CountDownLatch reads = new CountDownLatch(1);
    CountDownLatch mayEnd = new CountDownLatch(1);
    FutureTask<List<String>> suspect =
        new FutureTask<>(() -> first.read(source(DEADLY), () -> notesAt(reads, mayEnd)));
    FutureTask<List<String>> neighbour =
        new FutureTask<>(() -> second.read(source(DEADLY + 1), lives::notes));
    FutureTask<List<String>> beyond =
        new FutureTask<>(() -> second.read(source(DEADLY + 1_000), lives::notes));

    started(suspect);
    reads.await();
    for (Thread thread : List.of(started(neighbour), started(beyond))) {
      while (thread.getState() != Thread.State.WAITING) {
        Thread.onSpinWait();
      }
    }
    mayEnd.countDown();

    assertThat(suspect.get()).containsExactly("record-2-1000-1");
    assertThat(neighbour.get()).containsExactly("record-2-1001-1");
    assertThat(beyond.get()).isEmpty();
  }

  private List<String> notesAt(CountDownLatch reads, CountDownLatch mayEnd) {
    reads.countDown();
    try {
      mayEnd.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
    return lives.notes();
  }

  private static Thread started(Runnable task) {
    Thread thread = new Thread(task);
    thread.start();
    return thread;
  }

  @Test
  void exceptionIsNoDeath() throws Exception {
    lives.die(lives.next(), DEADLY);
    lives.die(lives.next(), DEADLY);
    CrashBreaker breaker = lives.next();
    assertThatExceptionOfType(StackOverflowError.class)
        .isThrownBy(
            () ->
                breaker.read(
                    source(DEADLY),
                    () -> {
                      throw new StackOverflowError();
                    }));

    assertThat(lives.notes()).isEmpty();
    breaker.close();
    assertThat(lives.names()).containsExactly("mark-life1-0", "mark-life2-0");
  }

  @Test
  void carefulReadingEndsWithTheThirdCheckpointWithoutASuspect() throws Exception {
    lives.die(lives.next(), DEADLY);
    lives.die(lives.next(), DEADLY);
    CrashBreaker breaker = lives.next();
    complete(breaker, 1, CarefulReading.QUIET_CHECKPOINTS - 1);
    breaker.read(source(DEADLY), () -> "read");
    complete(breaker, 5, CarefulReading.QUIET_CHECKPOINTS - 1);
    assertThat(breaker.read(source(DEADLY), lives::notes)).hasSize(1);

    complete(breaker, 9, CarefulReading.QUIET_CHECKPOINTS);
    assertThat(breaker.read(source(DEADLY), lives::notes)).isEmpty();
    assertThat(lives.names()).containsExactly("mark-life3-0");
    assertThat(lives.journal().resolve("mark-life3-0")).isEmptyFile();
  }

  @Test
  void restartWithoutADeathIsNormalRunning() throws Exception {
    lives.next().close();
    CrashBreaker breaker = lives.next();
    breaker.read(source(DEADLY), () -> "read");

    assertThat(lives.journal().resolve("mark-life2-0")).isEmptyFile();
  }

  @Test
  void whoeverReadsTheRecordNextKnowsItsDeaths() throws Exception {
    for (int life = 0; life < 2 + LIMIT; life++) {
      lives.die(lives.next(), DEADLY);
    }
    lives.next();
    CrashBreaker rescaled = lives.sibling(5);

    assertThat(rejection(rescaled, DEADLY).reason()).isEqualTo(Reason.PROCESS_CRASHED);
  }

  @Test
  void aLimitOfZeroSwitchesItOff() throws Exception {
    CrashOptions options = new CrashOptions(0, folder.toString(), "job");
    try (CrashBreaker breaker =
        CrashBreaker.open(options, "support", null, new Attempt("life", 0))) {
      breaker.read(source(DEADLY), () -> "read");
      complete(breaker, 1, 1);
    }

    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void journalLiesBesideTheCheckpointsUnlessThePipelineSaysOtherwise() throws Exception {
    CrashOptions options = new CrashOptions(LIMIT, null, "job");
    try (CrashBreaker breaker =
        CrashBreaker.open(options, "support", folder.toString(), new Attempt("life", 0))) {
      breaker.read(source(DEADLY), () -> "read");

      assertThat(folder.resolve("crash-journal/job/support/mark-life-0")).exists();
    }
    try (CrashBreaker homeless =
        CrashBreaker.open(options, "support", null, new Attempt("life", 0))) {
      assertThat(homeless.read(source(DEADLY), () -> "read")).isEqualTo("read");
    }
  }

  @Test
  void journalThatCannotBeWrittenFailsTheStart() throws Exception {
    Files.writeString(folder.resolve("job"), "no folder");

    assertThatExceptionOfType(IOException.class)
        .isThrownBy(lives::next)
        .withMessageStartingWith("Expected to write the crash journal " + folder + "/job/support")
        .withMessageEndingWith("let every task manager write there, or set crash-limit to 0");
  }

  private static void complete(CrashBreaker breaker, long first, int count) throws IOException {
    for (long checkpoint = first; checkpoint < first + count; checkpoint++) {
      breaker.barrier(checkpoint);
      breaker.checkpointCompleted(checkpoint);
    }
  }

  private static RejectedException rejection(CrashBreaker breaker, long offset) {
    return assertThatExceptionOfType(RejectedException.class)
        .isThrownBy(() -> breaker.read(source(offset), () -> "read"))
        .actual();
  }
}
