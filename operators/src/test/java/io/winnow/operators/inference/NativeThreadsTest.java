package io.winnow.operators.inference;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.winnow.operators.model.Bundles;
import io.winnow.operators.model.ModelBundle;
import io.winnow.operators.task.Enricher;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Threads that native code starts bear the name of the thread that started them. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "threads of a process are files there only")
class NativeThreadsTest {
  private static final Path TASKS = Path.of("/proc/self/task");
  private static final String NAME = "native-probe"; // of at most 15 characters

  @Test
  void aModelAndItsTokenizerUseTheThreadThatCallsThemAndNoOther() throws Exception {
    CompletableFuture<Long> found = new CompletableFuture<>();
    Thread thread = new Thread(() -> run(found), NAME);
    thread.start();

    assertThat(found.get()).isEqualTo(1); // itself
  }

  private static void run(CompletableFuture<Long> found) {
    try {
      ModelBundle bundle = Bundles.read("bert-text");
      try (LoadedModel model = LoadedModel.open(bundle)) {
        new Enricher(bundle, model).enrich("Angela met Tim in Paris. ".repeat(100));
        found.complete(threads());
      }
    } catch (Exception | Error e) {
      found.completeExceptionally(e);
    }
  }

  private static long threads() throws IOException {
    try (Stream<Path> tasks = Files.list(TASKS)) {
      return tasks.filter(NativeThreadsTest::isOurs).count();
    }
  }

  private static boolean isOurs(Path task) {
    try {
      return Files.readString(task.resolve("comm"), UTF_8).strip().equals(NAME);
    } catch (IOException e) { // it has ended
      return false;
    }
  }
}
