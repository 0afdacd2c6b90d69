package io.winnow.operators.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.winnow.operators.model.Bundles;
import io.winnow.operators.text.TextTokenizer;
import io.winnow.operators.text.TokenizedText;
import io.winnow.operators.text.TokenizedWindow;
import io.winnow.operators.text.Window;
import java.util.List;
import org.junit.jupiter.api.Test;

class BatchTest {
  @Test
  void itIsAsLongAsItsLongestWindow() throws Exception {
    TokenizedWindow paris = window("Paris");
    TokenizedWindow berlin = window("Angela Merkel met Tim Cook in Berlin");

    Batch batch = Batch.of(List.of(paris, berlin), 0);

    assertThat(batch.size()).isEqualTo(2);
    assertThat(batch.length()).isEqualTo(berlin.tokens()).isGreaterThan(paris.tokens());
    assertThat(Batch.alone(paris).length()).isEqualTo(paris.tokens());
  }

  @Test
  void nothingAndWhatIsTooLongIsNoBatch() throws Exception {
    TokenizedWindow paris = window("Paris");

    assertThatIllegalArgumentException().isThrownBy(() -> Batch.of(List.of(), 0));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Batch(List.of(paris), paris.tokens() - 1, 0))
        .withMessageContaining("at most 2 tokens, found [3]");
  }

  private static TokenizedWindow window(String text) throws Exception {
    try (TextTokenizer tokenizer =
        TextTokenizer.open(Bundles.folder("bert-text").resolve("tokenizer.json"))) {
      TokenizedText tokenized = tokenizer.tokenize(text);
      return new TokenizedWindow(tokenized, new Window(0, tokenized.size()));
    }
  }
}
