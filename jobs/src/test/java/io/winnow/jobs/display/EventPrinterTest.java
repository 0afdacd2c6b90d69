package io.winnow.jobs.display;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.winnow.operators.text.TextField;
import io.winnow.schemas.Classification;
import io.winnow.schemas.Embedding;
import io.winnow.schemas.EnrichedEvent;
import io.winnow.schemas.Enrichment;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class EventPrinterTest {
  private static final String TEXT = "My card from Winnow Bank has not arrived in Berlin yet";
  private static final EnrichedEvent EVENT =
      Example.event(
          "customer-1042",
          Example.intent("card_arrival", 0.98f),
          Example.entities(
              Example.span(TEXT, "Winnow Bank", "ORG"), Example.span(TEXT, "Berlin", "LOC")));

  @Test
  void anEventShowsWhereItIsFromWhatItIsAndItsSpansInPlace() {
    assertThat(printed(Palette.PLAIN, p -> p.print(EVENT, text(TEXT))))
        .isEqualTo(
            """
            messages-1@42   customer-1042   98 % card_arrival
              My card from Winnow Bank[ORG] has not arrived in Berlin[LOC] yet
            """);
  }

  @Test
  void coloursAddNothingButStyles() {
    assertThat(printed(Palette.COLOUR, p -> p.print(EVENT, text(TEXT))))
        .isEqualTo(
            """
            «2»messages-1@42«0»   «2»customer-1042«0»  «32» 98 %«0» «1»card_arrival«0»
              My card from «36»«4»Winnow Bank«0»«36»«2»[ORG]«0» has not arrived in \
            «35»«4»Berlin«0»«35»«2»[LOC]«0» yet
            """
                .replace("«", "\u001B[")
                .replace("»", "m"));
  }

  @Test
  void aLabelKeepsItsColour() {
    String lines =
        printed(
            Palette.COLOUR,
            p -> {
              p.print(EVENT, text(TEXT));
              p.print(
                  Example.event(null, Example.entities(Example.span("in Leeds", "Leeds", "LOC"))),
                  text("in Leeds"));
            });

    assertThat(lines).contains("\u001B[35m\u001B[4mBerlin", "\u001B[35m\u001B[4mLeeds");
  }

  @Test
  void severalHeadsStandSideBySideAndScoresLineUp() {
    EnrichedEvent event =
        Example.event(
            null,
            Example.intent("lost_card", 1f),
            Example.intent("anger", 0.064f),
            Example.intent("stars", 4.25f),
            Example.enrichment("topic", new Classification(List.of())),
            Example.enrichment("vector", new Embedding(List.of(0f, 1f))));

    assertThat(printed(Palette.PLAIN, p -> p.print(event, List.of())))
        .isEqualTo(
            "messages-1@42   no key         100 % lost_card    6 % anger   4.25 stars"
                + "      – no label      ◇ vector of 2\n");
  }

  @Test
  void aTextThatWasNotReadToItsEndSaysSo() {
    Object result = Example.intent("other", 0.5f).getResult();
    Enrichment cut = new Enrichment("a", "intent", "task", "a", "1", "ab12", 700, 512, result);

    assertThat(printed(Palette.PLAIN, p -> p.print(Example.event("a", cut), text("long"))))
        .contains(" 50 % other  read 512 of 700 tokens\n");
  }

  @Test
  void eachFieldHasALineAndItsOwnSpans() {
    EnrichedEvent event =
        Example.event("a", Example.entities(Example.span("in Berlin", "Berlin", "LOC")));

    assertThat(
            printed(
                Palette.PLAIN,
                p ->
                    p.print(
                        event,
                        List.of(
                            new TextField("subject", "to Berlin"),
                            new TextField("text", "in Berlin")))))
        .endsWith("\n  subject: to Berlin\n  text: in Berlin[LOC]\n");
  }

  @Test
  void aDeadLetterShowsItsReasonMessageAndPayload() {
    assertThat(
            printed(
                Palette.PLAIN,
                p ->
                    p.print(
                        Example.deadLetter(
                            "Expected one JSON object, found the end of the input",
                            Example.bytes("{\"text\": \"My card was")))))
        .isEqualTo(
            """
            messages-1@42   customer-1042      ✗ invalid-json (decode)
              Expected one JSON object, found the end of the input
              21 bytes: {"text": "My card was
            """);
  }

  @Test
  void aDeadLetterIsRed() {
    assertThat(printed(Palette.COLOUR, p -> p.print(Example.deadLetter("Expected a value", null))))
        .isEqualTo(
            """
            «2»messages-1@42«0»   «2»customer-1042«0»  «1»«31»    ✗ invalid-json«0» «2»(decode)«0»
              Expected a value
              «2»no payload«0»
            """
                .replace("«", "\u001B[")
                .replace("»", "m"));
  }

  @Test
  void nothingOfARecordReachesTheTerminalRaw() {
    String evil = "\u001B[2J\u202E\u009B";
    EnrichedEvent event =
        Example.event(
            evil, Example.intent(evil, 0.9f), Example.entities(Example.span(evil, "[2J", evil)));

    String lines =
        printed(
            Palette.PLAIN,
            p -> {
              p.print(event, List.of(new TextField(evil, "a"), new TextField("text", evil)));
              p.print(Example.deadLetter(evil, Example.bytes(evil)));
            });

    assertThat(lines).doesNotContain("\u001B", "\u202E", "\u009B").contains("␛[2J[␛[2J<U+202E>");
  }

  @Test
  void theRecordIsNotConsumedByShowingIt() {
    ByteBuffer payload = Example.bytes("{");

    printed(Palette.PLAIN, p -> p.print(Example.deadLetter("Expected more", payload)));

    assertThat(payload.remaining()).isEqualTo(1);
  }

  @Test
  void tooNarrowALineIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new EventPrinter(new PrintWriter(new StringWriter()), Palette.PLAIN, 39))
        .withMessage("columns must be at least 40, but is 39");
  }

  private static List<TextField> text(String text) {
    return List.of(new TextField("text", text));
  }

  private static String printed(Palette palette, Consumer<EventPrinter> action) {
    StringWriter lines = new StringWriter();
    action.accept(new EventPrinter(new PrintWriter(lines), palette, 100));
    return lines.toString().replace(System.lineSeparator(), "\n");
  }
}
