package io.winnow.jobs.display;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import picocli.CommandLine.Help.Ansi;

class BannerTest {
  private static final Banner BANNER =
      new Banner(
          "http://localhost:8081",
          "127.0.0.1:9092",
          "messages",
          "messages.enriched",
          "messages.rejected");

  @Test
  void theBannerSaysWhereThingsAreAndHowToSendEvents() {
    assertThat(BANNER.render(Palette.of(Ansi.OFF)))
        .isEqualTo(
            """
            Winnow demo: Kafka and Flink run in this process until you press Ctrl-C.

              Flink UI  http://localhost:8081  (--ui-port chooses another port)
              Kafka     127.0.0.1:9092  (--kafka-port chooses another port)
              topics    messages -> messages.enriched, messages.rejected

            Type a message here and press Enter to see it enriched, or send an event from another
            terminal, with any Kafka installation:

              echo '{"text": "My card has not arrived in Berlin yet"}' | \\
                kafka-console-producer.sh --bootstrap-server 127.0.0.1:9092 --topic messages

            """);
  }

  @Test
  void coloursChangeNoWord() {
    assertThat(BANNER.render(Palette.of(Ansi.ON)).replaceAll("\u001B\\[\\d+m", ""))
        .isEqualTo(BANNER.render(Palette.PLAIN));
  }
}
