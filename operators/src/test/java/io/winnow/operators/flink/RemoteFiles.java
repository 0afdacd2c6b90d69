package io.winnow.operators.flink;

import java.net.URI;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.FileSystemFactory;
import org.apache.flink.core.fs.local.LocalFileSystem;

/** Local files under another scheme, as those of an object store; Flink finds it by itself. */
public final class RemoteFiles implements FileSystemFactory {
  static final String SCHEME = "winnow-remote";

  @Override
  public String getScheme() {
    return SCHEME;
  }

  @Override
  public FileSystem create(URI uri) {
    return new LocalFileSystem();
  }
}
