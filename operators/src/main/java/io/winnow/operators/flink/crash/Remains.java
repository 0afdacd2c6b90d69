package io.winnow.operators.flink.crash;

import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * What processes that died left in the journal.
 *
 * @param marks names of their marks
 * @param blocks what they were reading
 * @param deaths how often records died in a row, of those that were in work alone
 */
record Remains(Set<String> marks, Set<Block> blocks, Map<Position, Integer> deaths) {

  static Remains read(CrashJournal journal, Attempt own) throws IOException {
    Remains remains = new Remains(new HashSet<>(), new HashSet<>(), new HashMap<>());
    for (String name : journal.names()) {
      if (own.hasOutlived(name)) {
        remains.marks.add(name);
        remains.blocks.addAll(Block.read(journal.read(name)));
      }
      Position.Death.of(name)
          .ifPresent(death -> remains.deaths.merge(death.position(), death.number(), Math::max));
    }
    return remains;
  }

  boolean isEmpty() {
    return marks.isEmpty() && deaths.isEmpty();
  }

  boolean suspects(Position position) {
    return deaths.containsKey(position) || blocks.contains(position.block());
  }
}
