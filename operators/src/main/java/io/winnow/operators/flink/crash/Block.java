package io.winnow.operators.flink.crash;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A stretch of a partition.
 *
 * @param number counted from 0, at offset 0
 */
record Block(int partition, long number) {
  /** The more, the fewer notes while the culprit is unknown, and the more suspects afterwards. */
  static final int OFFSETS = 64;

  private static final Pattern LINE =
      Pattern.compile("^(\\d{1,9}) (\\d{1,18})\n", Pattern.MULTILINE);

  static String write(Collection<Block> blocks) {
    return blocks.stream()
        .map(block -> block.partition + " " + block.number + "\n")
        .collect(Collectors.joining());
  }

  /** Reads what was written whole: the last line may have been cut when the process died. */
  static List<Block> read(String text) {
    List<Block> blocks = new ArrayList<>();
    for (MatchResult line : LINE.matcher(text).results().toList()) {
      blocks.add(new Block(Integer.parseInt(line.group(1)), Long.parseLong(line.group(2))));
    }
    return blocks;
  }
}
