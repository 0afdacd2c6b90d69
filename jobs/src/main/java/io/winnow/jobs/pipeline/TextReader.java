package io.winnow.jobs.pipeline;

import io.winnow.operators.config.Kind;
import io.winnow.operators.config.Section;
import java.util.List;

/** Reads where the text of an event is. */
final class TextReader {
  private static final String KEY = "text";
  private static final Kind<TextPath> PATH =
      Kind.parsed(
          "a field path such as subject, message.body or title?",
          new TextPath(List.of("text"), false),
          TextPath::parse);

  private TextReader() {}

  static List<TextPath> read(Section root, InputFormat format) {
    if (format instanceof InputFormat.Text) {
      if (root.has(KEY)) {
        root.problem(KEY, "expected no field path, as source.format text has no fields; remove it");
      }
      return List.of();
    }

    List<TextPath> paths = root.list(KEY, PATH);
    Distinct.check(root, KEY, paths.stream().map(TextPath::segments).toList(), "field");
    if (format instanceof InputFormat.Avro avro) {
      checkFields(root, paths, avro);
    }

    return paths;
  }

  /** Reads it where the format of the source is a problem already. */
  static List<TextPath> readOfUnknown(Section root) {
    return root.optionalList(KEY, PATH);
  }

  private static void checkFields(Section root, List<TextPath> paths, InputFormat.Avro avro) {
    for (int i = 0; i < paths.size(); i++) {
      int index = i;
      AvroField.problem(avro.schema(), paths.get(i))
          .ifPresent(what -> root.problem(KEY, index, what));
    }
  }
}
