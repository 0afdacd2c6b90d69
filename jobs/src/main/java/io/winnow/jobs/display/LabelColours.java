package io.winnow.jobs.display;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Help.Ansi.IStyle;
import picocli.CommandLine.Help.Ansi.Style;

/** A colour for each label, in the order of their appearance; red is left to faults. */
final class LabelColours {
  private static final List<IStyle> COLOURS =
      List.of(Style.fg_cyan, Style.fg_magenta, Style.fg_yellow, Style.fg_green, Style.fg_blue);

  private final Map<String, IStyle> byLabel = new HashMap<>();

  IStyle of(String label) {
    return byLabel.computeIfAbsent(label, l -> COLOURS.get(byLabel.size() % COLOURS.size()));
  }
}
