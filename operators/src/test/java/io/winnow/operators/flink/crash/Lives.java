package io.winnow.operators.flink.crash;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.winnow.operators.text.RejectedException;
import io.winnow.schemas.SourcePosition;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Processes that live one after the other, and what they leave in a journal when they die. */
final class Lives {
  static final int LIMIT = 3;
  private static final int MANY = 100;

  private final Path folder;
  private int count;

  Lives(Path folder) {
    this.folder = folder;
  }

  /** Starts a subtask in a new process. */
  CrashBreaker next() throws IOException {
    count++;
    return sibling(0);
  }

  /** Starts a subtask in the process that lives. */
  CrashBreaker sibling(int subtask) throws IOException {
    return CrashBreaker.open(
        new CrashOptions(LIMIT, folder.toString(), "job"),
        "support",
        null,
        new Attempt("life" + count, subtask));
  }

  /** Reads records up to one, and dies of that; those before it may be set aside. */
  void read(CrashBreaker breaker, long from, long deadly) throws Exception {
    for (long offset = from; offset < deadly; offset++) {
      try {
        breaker.read(source(offset), () -> "");
      } catch (RejectedException e) {
        // it is a dead letter, and the stream goes on
      }
    }
    die(breaker, deadly);
  }

  /** Lets process after process die of a record; returns the one that sets it aside instead. */
  CrashBreaker untilSetAside(long deadly) throws Exception {
    while (count < MANY) {
      CrashBreaker breaker = next();
      try {
        read(breaker, deadly - 100, deadly);
      } catch (RejectedException e) {
        return breaker;
      }
    }
    throw new AssertionError("No process in " + MANY + " set record " + deadly + " aside");
  }

  /** Returns how many processes died until now. */
  int deaths() {
    return count - 1;
  }

  /** Dies of a record: the journal stays as it is in the middle of the reading. */
  void die(CrashBreaker breaker, long offset) throws IOException, RejectedException {
    Map<String, String> left = breaker.read(source(offset), this::files);
    for (String name : names()) {
      Files.delete(journal().resolve(name));
    }
    for (Map.Entry<String, String> file : left.entrySet()) {
      Files.writeString(journal().resolve(file.getKey()), file.getValue());
    }
  }

  Path journal() {
    return folder.resolve("job/support");
  }

  /** Returns the names of the journal's files. */
  Set<String> names() {
    return new TreeSet<>(files().keySet());
  }

  /** Returns the names of the notes about single records. */
  List<String> notes() {
    return names().stream().filter(name -> name.startsWith("record-")).toList();
  }

  private Map<String, String> files() {
    Map<String, String> files = new HashMap<>();
    if (!Files.exists(journal())) {
      return files;
    }
    try (Stream<Path> found = Files.list(journal())) {
      for (Path file : found.filter(f -> !f.getFileName().toString().startsWith(".")).toList()) {
        files.put(file.getFileName().toString(), Files.readString(file, UTF_8));
      }
      return files;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static SourcePosition source(long offset) {
    return new SourcePosition("messages", 2, offset, 1_700L);
  }
}
