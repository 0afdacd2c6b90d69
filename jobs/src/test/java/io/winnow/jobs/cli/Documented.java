package io.winnow.jobs.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** What a section of the README tells, up to the end of the file. */
record Documented(String section) {
  private static final Pattern CODE = Pattern.compile("`([^`]+)`");

  static Documented under(String heading) throws IOException {
    String readme = Files.readString(Path.of("README.md"));
    return new Documented(readme.substring(readme.indexOf("## " + heading)));
  }

  /** Returns what the first column of a table lists, whose head begins with a word. */
  List<String> column(String head) {
    String rows = section.substring(section.indexOf("| " + head + " |"));
    return rows.substring(0, rows.indexOf("\n\n"))
        .lines()
        .skip(2)
        .flatMap(row -> CODE.matcher(row.split("\\|", -1)[1]).results())
        .map(match -> match.group(1))
        .toList();
  }
}
