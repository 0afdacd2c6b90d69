package io.winnow.jobs.display;

import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Help.Ansi.IStyle;
import picocli.CommandLine.Help.Ansi.Style;

/** Whether what is shown has colours; both ways it takes the same cells of a terminal. */
public enum Palette {
  PLAIN {
    @Override
    String paint(String text, IStyle... styles) {
      return text;
    }
  },
  COLOUR {
    @Override
    String paint(String text, IStyle... styles) {
      // One reset ends all: picocli's own end of bold is read as a double underline by some.
      return text.isEmpty()
          ? text
          : Stream.of(styles).map(IStyle::on).collect(Collectors.joining())
              + text
              + Style.reset.on();
    }
  };

  /** Returns the palette for what picocli found out of the terminal, or was told. */
  public static Palette of(Ansi ansi) {
    return ansi.enabled() ? COLOUR : PLAIN;
  }

  abstract String paint(String text, IStyle... styles);
}
