package io.winnow.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import org.junit.jupiter.api.Test;

class FileFailureTest {
  @Test
  void aPathAloneGetsWords() {
    assertThat(FileFailure.message(new NoSuchFileException("/a/b"))).isEqualTo("there is no /a/b");
    assertThat(FileFailure.message(new AccessDeniedException("/a/b")))
        .isEqualTo("no permission for /a/b");
    assertThat(FileFailure.message(new FileAlreadyExistsException("/a/b")))
        .isEqualTo("/a/b is there already");
    assertThat(FileFailure.message(new NotDirectoryException("/a/b")))
        .isEqualTo("java.nio.file.NotDirectoryException: /a/b");
  }

  @Test
  void wordsStayAsTheyAre() {
    assertThat(FileFailure.message(new NoSuchFileException("/a", null, "the disk is gone")))
        .isEqualTo("/a: the disk is gone");
    assertThat(FileFailure.message(new IOException("no space left"))).isEqualTo("no space left");
    assertThat(FileFailure.message(new IOException())).isEqualTo("java.io.IOException");
  }
}
