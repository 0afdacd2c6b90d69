package io.winnow.operators.flink.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class BlockTest {
  private final List<Block> blocks = List.of(new Block(0, 17), new Block(12, 0));

  @Test
  void whatIsWrittenIsRead() {
    assertThat(Block.read(Block.write(blocks))).isEqualTo(blocks);
    assertThat(Block.read("")).isEmpty();
  }

  @Test
  void lineThatWasCutIsNotRead() {
    String text = Block.write(blocks);

    assertThat(Block.read(text.substring(0, text.length() - 1))).isEqualTo(blocks.subList(0, 1));
    assertThat(Block.read("0 17\n12")).isEqualTo(blocks.subList(0, 1));
  }

  @Test
  void positionsFallIntoBlocksAndNotesCarryThem() {
    assertThat(new Position(2, 63).block()).isEqualTo(new Block(2, 0));
    assertThat(new Position(2, 64).block()).isEqualTo(new Block(2, 1));
    assertThat(Position.Death.of(new Position(2, 1L << 40).note(3)))
        .contains(new Position.Death(new Position(2, 1L << 40), 3));
    assertThat(Position.Death.of("mark-0-1-2")).isEmpty();
  }
}
