package io.winnow.operators.text;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The fields of an event as the one text that a model reads: joined by a line break and a space.
 *
 * <p>The space is what Hugging Face's aggregation ends a word at, where the tokenizer marks none:
 * with a line break alone the last word of one field and the first of the next one would be one.
 */
public final class JoinedText {
  /** What stands between two fields. */
  public static final String SEPARATOR = "\n ";

  private final List<TextField> fields;
  private final String text;

  public JoinedText(List<TextField> fields) {
    this.fields = List.copyOf(fields);
    this.text = join(this.fields);
  }

  public String text() {
    return text;
  }

  /**
   * Returns where a piece of the joined text lies in the original fields. A piece that reaches over
   * a border is divided there; what is white space alone is left out.
   *
   * @param start first position in the joined text, in UTF-16 code units
   * @param end position behind the piece, in UTF-16 code units
   */
  public List<FieldSpan> locate(int start, int end) {
    List<FieldSpan> found = new ArrayList<>(1);
    int fieldStart = 0;
    for (TextField field : fields) {
      int from = Math.max(start - fieldStart, 0);
      int to = Math.min(end - fieldStart, field.text().length());
      if (from < to) {
        String piece = field.text().substring(from, to);
        if (!piece.isBlank()) {
          found.add(new FieldSpan(field.path(), from, to, piece));
        }
      }
      fieldStart += field.text().length() + SEPARATOR.length();
    }
    return found;
  }

  private static String join(List<TextField> fields) {
    if (fields.size() == 1) {
      return fields.get(0).text();
    }
    return fields.stream().map(TextField::text).collect(Collectors.joining(SEPARATOR));
  }
}
