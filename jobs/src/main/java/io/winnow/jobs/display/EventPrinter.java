package io.winnow.jobs.display;

import io.winnow.operators.text.TextField;
import io.winnow.schemas.DeadLetter;
import io.winnow.schemas.EnrichedEvent;
import io.winnow.schemas.Enrichment;
import io.winnow.schemas.Extraction;
import io.winnow.schemas.SourcePosition;
import io.winnow.schemas.Span;
import java.io.PrintWriter;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Help.Ansi.IStyle;
import picocli.CommandLine.Help.Ansi.Style;

/**
 * Prints enriched events and dead letters for people: where from, what the models say, and the text
 * with its spans in place.
 *
 * <p>Not thread-safe. The writer stays open; it is flushed after each record.
 */
public final class EventPrinter {
  private static final String INDENT = "  ";
  private static final int LONGEST_KEY = 24;
  private static final int MESSAGE_LINES = 3;

  private final PrintWriter out;
  private final Palette palette;
  private final int columns;
  private final LabelColours colours = new LabelColours();
  private final Column positions = new Column(14);
  private final Column keys = new Column(13);

  /**
   * Creates a printer.
   *
   * @param columns width of a line, in cells of the terminal
   */
  public EventPrinter(PrintWriter out, Palette palette, int columns) {
    if (columns < TerminalWidth.LEAST) {
      throw new IllegalArgumentException(
          "columns must be at least %d, but is %d".formatted(TerminalWidth.LEAST, columns));
    }

    this.out = out;
    this.palette = palette;
    this.columns = columns;
  }

  /**
   * Prints an event.
   *
   * @param texts the event's texts, in which its spans lie
   */
  public void print(EnrichedEvent event, List<TextField> texts) {
    List<String> head = origin(event.getSource(), event.getKey());
    for (Enrichment enrichment : event.getEnrichments()) {
      Findings.of(enrichment, palette).ifPresent(head::add);
    }
    cut(event).ifPresent(head::add);
    out.println(String.join(INDENT, head));
    for (TextField text : texts) {
      String name = texts.size() > 1 ? VisibleText.of(text.path() + ": ").plain() : "";
      int room = Math.max(LONGEST_KEY, columns - INDENT.length() - name.length());
      List<Stretch> stretches = Stretch.of(text.text(), spans(event, text.path()));
      out.println(
          INDENT
              + palette.paint(name, Style.faint)
              + Excerpt.of(stretches, room).stream()
                  .map(this::painted)
                  .collect(Collectors.joining()));
    }
    out.flush();
  }

  /** Prints a dead letter. */
  public void print(DeadLetter letter) {
    List<String> head = origin(letter.getSource(), letter.getKey());
    String stage = "(" + VisibleText.of(letter.getStage()).plain() + ")";
    head.add(
        palette.paint(
                "    ✗ " + VisibleText.of(letter.getReason()).plain(), Style.bold, Style.fg_red)
            + " "
            + palette.paint(stage, Style.faint));
    int room = columns - INDENT.length();
    VisibleText payload = PayloadPreview.of(letter.getPayload(), room);
    out.println(String.join(INDENT, head));
    for (VisibleText message : VisibleText.of(letter.getMessage()).wrapped(room, MESSAGE_LINES)) {
      out.println(INDENT + message.painted(palette).stripTrailing());
    }
    out.println(INDENT + palette.paint(payload.plain(), Style.faint));
    out.flush();
  }

  /** Says that a record, which somebody else may have written, is none that can be shown. */
  public void printUnreadable(String topic, int partition, long offset) {
    VisibleText place = VisibleText.of(topic + "-" + partition + "@" + offset);
    out.println(faint(place) + "  is no record that can be shown");
    out.flush();
  }

  private List<String> origin(SourcePosition source, @Nullable ByteBuffer key) {
    VisibleText position =
        VisibleText.of(source.getTopic() + "-" + source.getPartition() + "@" + source.getOffset());
    VisibleText name =
        VisibleText.of(key == null ? "no key" : PayloadPreview.content(key, LONGEST_KEY))
            .shortened(LONGEST_KEY);
    List<String> origin = new ArrayList<>();
    origin.add(faint(position) + positions.fill(position.cells()));
    origin.add(faint(name) + keys.fill(name.cells()));
    return origin;
  }

  private String faint(VisibleText text) {
    return palette.paint(text.plain(), Style.faint);
  }

  /** Says how much of the text the models read, where that is not all of it. */
  private Optional<String> cut(EnrichedEvent event) {
    return event.getEnrichments().stream()
        .filter(e -> e.getTokensRead() < e.getTokens())
        .findFirst()
        .map(e -> "read %d of %d tokens".formatted(e.getTokensRead(), e.getTokens()))
        .map(words -> palette.paint(words, Style.fg_yellow));
  }

  private String painted(Stretch stretch) {
    String label = stretch.label();
    if (label == null) {
      return stretch.text().painted(palette);
    }

    IStyle colour = colours.of(label);
    return palette.paint(stretch.text().plain(), colour, Style.underline)
        + palette.paint(stretch.tag().plain(), colour, Style.faint);
  }

  private static List<Span> spans(EnrichedEvent event, String path) {
    return event.getEnrichments().stream()
        .map(Enrichment::getResult)
        .filter(Extraction.class::isInstance)
        .flatMap(result -> ((Extraction) result).getSpans().stream())
        .filter(span -> span.getField().equals(path))
        .toList();
  }
}
