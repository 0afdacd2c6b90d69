package io.winnow.jobs.pipeline;

import io.winnow.operators.config.Kind;
import io.winnow.operators.config.Section;

/** Reads the source section of a pipeline file. */
final class SourceReader {
  /** From 1 to 65535. */
  private static final String PORT =
      "(?:[1-9][0-9]{0,3}|[1-5][0-9]{4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5])";

  private static final String SERVER =
      "(?:\\w+://)?(?:\\[[0-9a-fA-F:.%]+]|[^\\s,:/\\[\\]]+):" + PORT;
  private static final Kind<String> SERVERS =
      Kinds.matching(
          "host:port, or several with commas between them",
          SERVER + "(?:\\s*,\\s*" + SERVER + ")*");
  private static final Kind<Start> START =
      Kind.parsed(
          "earliest, latest, committed, a date (2026-01-31) or a date-time with its zone"
              + " (2026-01-31T12:00:00Z) from 1970 on",
          new Start.Committed(),
          Start::parse);

  private SourceReader() {}

  static SourceOptions read(Section section, InputFormat format) {
    return new SourceOptions(
        section.required("bootstrap-servers", SERVERS),
        section.required("topic", Kinds.TOPIC),
        format,
        section.optional("start", START, new Start.Committed()));
  }
}
