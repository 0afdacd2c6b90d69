package io.winnow.operators.flink.crash;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Set;
import java.util.TreeSet;
import org.apache.flink.core.fs.FileStatus;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.Path;
import org.jspecify.annotations.Nullable;

/**
 * A folder of small files that outlive the process. All subtasks of an enrichment share it, each
 * writes files of its own names.
 */
final class CrashJournal {
  private final Path folder;
  private final FileSystem system;

  CrashJournal(Path folder) throws IOException {
    this.folder = folder;
    this.system = folder.getFileSystem();
  }

  Set<String> names() throws IOException {
    Set<String> names = new TreeSet<>();
    for (FileStatus file : list()) {
      names.add(file.getPath().getName());
    }
    return names;
  }

  private FileStatus[] list() throws IOException {
    try {
      FileStatus @Nullable [] files = system.listStatus(folder);
      return files == null ? new FileStatus[0] : files; // some say so instead of throwing
    } catch (FileNotFoundException e) {
      return new FileStatus[0];
    } catch (IOException e) {
      throw failure("read", e);
    }
  }

  /** Writes a file; once this returns, it survives the death of the process. */
  void write(String name, String text) throws IOException {
    try (OutputStream out = system.create(new Path(folder, name), FileSystem.WriteMode.OVERWRITE)) {
      out.write(text.getBytes(UTF_8));
    } catch (IOException e) {
      throw failure("write", e);
    }
  }

  /** Returns what a file holds; nothing if somebody removed it meanwhile. */
  String read(String name) throws IOException {
    try (InputStream in = system.open(new Path(folder, name))) {
      return new String(in.readAllBytes(), UTF_8);
    } catch (FileNotFoundException e) {
      return "";
    } catch (IOException e) {
      throw failure("read", e);
    }
  }

  /** Removes a file if it is there. */
  void remove(String name) throws IOException {
    try {
      system.delete(new Path(folder, name), false);
    } catch (FileNotFoundException e) {
      // somebody else removed it
    } catch (IOException e) {
      throw failure("write", e);
    }
  }

  private IOException failure(String verb, IOException cause) {
    return new IOException(
        "Expected to %s the crash journal %s, but %s; let every task manager write there, or set crash-limit to 0"
            .formatted(verb, folder, cause),
        cause);
  }

  @Override
  public String toString() {
    return folder.toString();
  }
}
