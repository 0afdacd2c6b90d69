package io.winnow.jobs;

import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** Words for failures of files, of which the JDK often tells the path alone. */
public final class FileFailure {
  private FileFailure() {}

  /** Returns the message of a failure, or what says as much. */
  public static String message(Throwable failure) {
    if (failure instanceof FileSystemException file && file.getReason() == null) {
      return words(file);
    }
    String message = failure.getMessage();
    return message == null || message.isBlank() ? failure.toString() : message;
  }

  private static String words(FileSystemException failure) {
    if (failure instanceof NoSuchFileException) {
      return "there is no " + failure.getFile();
    }
    if (failure instanceof AccessDeniedException) {
      return "no permission for " + failure.getFile();
    }
    return failure instanceof FileAlreadyExistsException
        ? failure.getFile() + " is there already"
        : failure.toString();
  }
}
