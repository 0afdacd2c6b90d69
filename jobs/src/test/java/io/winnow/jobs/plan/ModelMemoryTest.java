package io.winnow.jobs.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.winnow.operators.flink.Batching;
import io.winnow.operators.model.BundleReader;
import io.winnow.operators.model.HeadOptions;
import io.winnow.operators.model.MemoryBudget;
import io.winnow.operators.model.ModelBundle;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class ModelMemoryTest {
  private static final Path MODELS = Path.of("../operators/src/test/resources/parity");
  private static final Batching SORTED = Batching.sorted(Batching.DEFAULT_WAIT);
  private static final int SLOTS = 3;

  private final ModelMemory memory = new ModelMemory();

  @Test
  void enrichmentsWithTheSameContentShareAModelThatCountsAsTheOneThatNeedsMost() throws Exception {
    ModelBundle text = bundle("bert-text", HeadOptions.NONE);
    memory.add(text, Batching.EXACT);
    memory.add(bundle("bert-text", new HeadOptions(List.of(), 3, null, null)), SORTED);
    memory.add(text, Batching.EXACT);

    assertThat(SORTED.budget(text).subtask()).isGreaterThan(Batching.EXACT.budget(text).subtask());
    assertThat(memory.bytes(SLOTS))
        .isEqualTo(MemoryBudget.PROCESS + SORTED.budget(text).bytes(SLOTS));
  }

  @Test
  void modelsWithOtherContentAddUp() throws Exception {
    ModelBundle text = bundle("bert-text", HeadOptions.NONE);
    ModelBundle token = bundle("bert-token", HeadOptions.NONE);
    memory.add(text, Batching.EXACT);
    memory.add(token, Batching.EXACT);

    assertThat(memory.bytes(SLOTS))
        .isEqualTo(
            MemoryBudget.PROCESS
                + Batching.EXACT.budget(text).bytes(SLOTS)
                + Batching.EXACT.budget(token).bytes(SLOTS));
  }

  private static ModelBundle bundle(String name, HeadOptions heads) throws Exception {
    return BundleReader.read(MODELS.resolve(name), heads);
  }
}
