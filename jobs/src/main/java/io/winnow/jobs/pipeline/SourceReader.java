package io.winnow.jobs.pipeline;

import io.winnow.operators.config.Kind;
import io.winnow.operators.config.Section;

/** Reads the source section of a pipeline file. */
final class SourceReader {
  private static final String SERVER =
      "(?:\\w+://)?(?:\\[[0-9a-fA-F:.%]+]|[^\\s,:/\\[\\]]+):[0-9]{1,5}";
  private static final Kind<String> SERVERS =
      Kinds.matching(
          "host:port, or several with commas between them",
          SERVER + "(?:\\s*,\\s*" + SERVER + ")*");
  private static final Kind<Start> START =
      Kind.parsed(
          "earliest, latest, committed, a date (2026-01-31) or a date-time with its zone"
              + " (2026-01-31T12:00:00Z)",
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
