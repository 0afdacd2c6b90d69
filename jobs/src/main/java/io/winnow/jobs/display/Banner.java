package io.winnow.jobs.display;

import picocli.CommandLine.Help.Ansi.Style;

/**
 * What the endless demo says first: where things are, and how to send events of one's own.
 *
 * @param flinkUi address of Flink's web UI
 * @param bootstrapServers address of the broker
 * @param input topic that events are read from
 * @param output topic of the enriched events
 * @param deadLetters topic of the dead letters
 */
public record Banner(
    String flinkUi, String bootstrapServers, String input, String output, String deadLetters) {
  private static final String SAMPLE = "{\"text\": \"My card has not arrived in Berlin yet\"}";

  /** Returns the banner as lines for people, each with its line end. */
  public String render(Palette palette) {
    String title = palette.paint("Winnow demo", Style.bold);
    String command =
        """
          echo '%s' | \\
            kafka-console-producer.sh --bootstrap-server %s --topic %s
        """
            .formatted(SAMPLE, bootstrapServers, input)
            .stripTrailing();
    return """
        %s: Kafka and Flink run in this process until you press Ctrl-C.

          Flink UI  %s  (--ui-port chooses another port)
          Kafka     %s  (--kafka-port chooses another port)
          topics    %s -> %s, %s

        Type a message here and press Enter to see it enriched, or send an event from another
        terminal, with any Kafka installation:

        %s

        """
        .formatted(
            title,
            palette.paint(flinkUi, Style.underline),
            palette.paint(bootstrapServers, Style.bold),
            input,
            output,
            deadLetters,
            palette.paint(command, Style.fg_cyan));
  }
}
