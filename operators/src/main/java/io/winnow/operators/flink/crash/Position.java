package io.winnow.operators.flink.crash;

import io.winnow.schemas.SourcePosition;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where a record stands in the topic. */
record Position(int partition, long offset) {
  private static final Pattern NOTE = Pattern.compile("record-(\\d{1,9})-(\\d{1,18})-(\\d{1,9})");

  static Position of(SourcePosition source) {
    return new Position(source.getPartition(), source.getOffset());
  }

  Block block() {
    return new Block(partition, offset / Block.OFFSETS);
  }

  /**
   * Returns the name of the file that says: this record is in work.
   *
   * @param deaths how many it will have caused if it kills the process now
   */
  String note(int deaths) {
    return "record-" + partition + "-" + offset + "-" + deaths;
  }

  /**
   * A record that was in work when the process died.
   *
   * @param number how many times in a row by then
   */
  record Death(Position position, int number) {
    /** Reads the name of a file, if it is that of a note. */
    static Optional<Death> of(String name) {
      Matcher matcher = NOTE.matcher(name);
      return matcher.matches()
          ? Optional.of(
              new Death(
                  new Position(
                      Integer.parseInt(matcher.group(1)), Long.parseLong(matcher.group(2))),
                  Integer.parseInt(matcher.group(3))))
          : Optional.empty();
    }
  }
}
