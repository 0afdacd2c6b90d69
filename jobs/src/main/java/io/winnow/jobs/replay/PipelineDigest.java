package io.winnow.jobs.replay;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.winnow.jobs.pipeline.Pipeline;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** Tells whether a pipeline is still the same. */
public final class PipelineDigest {
  private PipelineDigest() {}

  /**
   * Returns the SHA-256 of a file, and of what it takes from elsewhere that decides what is read
   * and written: topics, formats and the schema. Logins are none of it: they may change.
   *
   * @param pipeline that of the file
   */
  public static String of(Path file, Pipeline pipeline) throws IOException {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(Files.readAllBytes(file));
      List<Object> taken =
          List.of(
              pipeline.source().topic(),
              pipeline.source().format(),
              pipeline.text(),
              pipeline.sink().topic(),
              pipeline.sink().format(),
              pipeline.deadLetters());
      return HexFormat.of().formatHex(digest.digest(taken.toString().getBytes(UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }
}
