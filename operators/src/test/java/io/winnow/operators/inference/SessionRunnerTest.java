package io.winnow.operators.inference;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import io.winnow.operators.model.Bundles;
import io.winnow.operators.model.ModelBundle;
import io.winnow.operators.model.TinyGraph;
import io.winnow.operators.text.TextTokenizer;
import io.winnow.operators.text.TokenizedText;
import io.winnow.operators.text.TokenizedWindow;
import io.winnow.operators.text.Window;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SessionRunnerTest {
  private static final List<String> TEXTS =
      List.of(
          "Paris",
          "Angela Merkel met Tim Cook of Apple in Berlin.",
          "",
          "The bank in Frankfurt raised rates. ".repeat(3),
          "Ann",
          "Angela met Tim. ".repeat(12));

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"bert-token", "bert-quantized", "roberta-text", "deberta-v2-token"})
  void answerDoesNotDependOnTheTextsBeforeIt(String name) throws Exception {
    try (LoadedModel model = LoadedModel.open(Bundles.read(name))) {
      SessionRunner used = model.session().newRunner();
      for (int round = 0; round < 2; round++) {
        for (String text : TEXTS) {
          Logits alone = run(model, model.session().newRunner(), text);

          assertSame(run(model, used, text), alone);
          assertSame(run(model, used, text), alone);
        }
      }
    }
  }

  @Test
  void threadsWithARunnerEachGiveTheAnswersOfOne() throws Exception {
    try (LoadedModel model = LoadedModel.open(Bundles.read("bert-token"))) {
      List<Logits> expected = runAll(model, 1);
      ExecutorService threads = Executors.newFixedThreadPool(2);
      try {
        Callable<List<Logits>> task = () -> runAll(model, 20);
        for (Future<List<Logits>> found : threads.invokeAll(List.of(task, task))) {
          List<Logits> logits = found.get();
          for (int i = 0; i < logits.size(); i++) {
            assertSame(logits.get(i), expected.get(i % TEXTS.size()));
          }
        }
      } finally {
        threads.shutdownNow();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {TinyGraph.INT32, TinyGraph.INT64})
  void inputsHaveTheTypeThatTheGraphStates(int type) throws Exception {
    Path file = folder.resolve("model.onnx");
    TinyGraph.ofIds(type).tokenLogits("logits", "ids", 1, -2).write(file);
    try (TextTokenizer tokenizer = tokenizer();
        InferenceSession session = InferenceSession.open(file)) {
      SessionRunner runner = session.newRunner();
      for (String words : TEXTS) {
        TokenizedText text = tokenizer.tokenize(words);
        Window whole = new Window(0, text.size());
        long[] ids = text.ids(whole);

        Logits logits = logits(runner, text, whole, "logits");

        assertThat(logits.rows()).isEqualTo(ids.length);
        assertThat(logits.columns()).isEqualTo(2);
        for (int row = 0; row < ids.length; row++) {
          assertThat(logits.at(row, 0)).isEqualTo((float) ids[row]);
          assertThat(logits.at(row, 1)).isEqualTo(-2f * ids[row]);
        }
      }
    }
  }

  @Test
  void positionsCountFromTheStartOfTheWindow() throws Exception {
    Path file = folder.resolve("model.onnx");
    new TinyGraph()
        .input("input_ids", TinyGraph.INT64, -1, -1)
        .input("position_ids", TinyGraph.INT64, -1, -1)
        .cast("position_ids", "positions")
        .tokenLogits("logits", "positions", 1)
        .write(file);
    try (TextTokenizer tokenizer = tokenizer();
        InferenceSession session = InferenceSession.open(file)) {
      TokenizedText text = tokenizer.tokenize("Angela Merkel met Tim Cook");

      Logits logits = logits(session.newRunner(), text, new Window(2, 4), "logits");

      assertThat(logits.values()).containsExactly(0, 1, 2, 3);
    }
  }

  @Test
  void onlyOutputsThatAreAskedForAreComputed() throws Exception {
    Path file = folder.resolve("model.onnx");
    TinyGraph.ofIds(TinyGraph.INT64)
        .textLogits("intent", 1, -1)
        .tokenLogits("entities", "ids", 1)
        .write(file);
    try (TextTokenizer tokenizer = tokenizer();
        InferenceSession session = InferenceSession.open(file)) {
      TokenizedText text = tokenizer.tokenize("Paris");
      SessionRunner runner = session.newRunner();
      Window whole = new Window(0, text.size());

      assertThat(runner.run(text, whole, Set.of("intent"))).containsOnlyKeys("intent");
      assertThat(runner.run(text, whole, Set.of("intent", "entities")))
          .containsOnlyKeys("intent", "entities");
    }
  }

  @Test
  void answerThatIsNoNumberIsAFault() throws Exception {
    Path file = folder.resolve("model.onnx");
    TinyGraph.ofIds(TinyGraph.INT64)
        .node("Neg", List.of("ids"), "negative")
        .node("Sqrt", List.of("negative"), "root")
        .tokenLogits("logits", "root", 1)
        .write(file);

    assertThat(fault(file)).isEqualTo("The model's output logits holds NaN");
  }

  @Test
  void outputOfIntegersIsAFault() throws Exception {
    Path file = folder.resolve("model.onnx");
    TinyGraph.ofIds(TinyGraph.INT64)
        .node("Identity", List.of("input_ids"), "logits")
        .output("logits", TinyGraph.INT64, -1, -1)
        .write(file);

    assertThat(fault(file)).startsWith("Expected floats in the model's output logits, found ");
  }

  @Test
  void textThatTheModelCannotReadIsAFaultAndTheNextTextIsAnswered() throws Exception {
    try (LoadedModel model = LoadedModel.open(Bundles.read("bert-token"))) {
      SessionRunner runner = model.session().newRunner();
      Logits before = run(model, runner, "Paris");

      assertThatExceptionOfType(InferenceException.class)
          .isThrownBy(() -> run(model, runner, "Paris ".repeat(200)))
          .withMessageStartingWith("ONNX Runtime cannot run the model on this text: ");
      assertSame(run(model, runner, "Paris"), before);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"bert-token", "roberta-text", "deberta-v2-token", "modernbert-text"})
  void batchGivesEachWindowTheLogitsThatItHasAlone(String name) throws Exception {
    ModelBundle bundle = Bundles.read(name);
    try (LoadedModel model = LoadedModel.open(bundle)) {
      SessionRunner runner = model.session().newRunner();
      List<TokenizedWindow> windows = new ArrayList<>();
      for (String text : TEXTS) {
        TokenizedText tokens = model.tokenizer().tokenize(text);
        windows.add(new TokenizedWindow(tokens, new Window(0, tokens.size())));
      }
      Batch batch = Batch.of(windows, bundle.padId());
      Batch longer = new Batch(windows, batch.length() + 3, bundle.padId());

      for (Batch each : List.of(batch, longer, batch)) {
        List<Map<String, Logits>> together = runner.run(each, Set.of("logits"));
        for (int i = 0; i < windows.size(); i++) {
          Logits found = requireNonNull(together.get(i).get("logits"));
          Logits alone = run(model, runner, TEXTS.get(i));
          assertThat(found.rows()).isEqualTo(alone.rows());
          assertThat(found.values()).hasSameSizeAs(alone.values());
          for (int value = 0; value < found.values().length; value++) {
            assertThat(found.values()[value]).isCloseTo(alone.values()[value], within(1e-4f));
          }
        }
      }
    }
  }

  @Test
  void paddingIsOfTheTokenThatTheBatchNames() throws Exception {
    Path file = folder.resolve("model.onnx");
    new TinyGraph()
        .input("input_ids", TinyGraph.INT64, -1, -1)
        .cast("input_ids", "ids")
        .textLogits("logits", 1)
        .write(file);
    try (TextTokenizer tokenizer = tokenizer();
        InferenceSession session = InferenceSession.open(file)) {
      TokenizedText text = tokenizer.tokenize("Paris");
      TokenizedWindow window = new TokenizedWindow(text, new Window(0, text.size()));
      long sum = LongStream.of(window.ids()).sum();

      Batch batch = new Batch(List.of(window), window.tokens() + 2, 667);

      assertThat(
              requireNonNull(session.newRunner().run(batch, Set.of("logits")).get(0).get("logits"))
                  .at(0, 0))
          .isEqualTo((sum + 2 * 667f) / batch.length());
    }
  }

  @Test
  void answerThatIsNotOneForEachTextIsAFault() throws Exception {
    Path file = folder.resolve("model.onnx");
    TinyGraph.ofIds(TinyGraph.INT64)
        .node("Transpose", List.of("ids"), "logits")
        .output("logits", TinyGraph.FLOAT, -1, -1)
        .write(file);

    assertThat(fault(file))
        .isEqualTo(
            "Expected an answer for each of 1 texts in the model's output logits, found the shape"
                + " [3, 1]");
  }

  private String fault(Path file) throws Exception {
    try (TextTokenizer tokenizer = tokenizer();
        InferenceSession session = InferenceSession.open(file)) {
      TokenizedText text = tokenizer.tokenize("Paris");
      Window whole = new Window(0, text.size());
      return String.valueOf(
          assertThatExceptionOfType(InferenceException.class)
              .isThrownBy(() -> session.newRunner().run(text, whole, Set.of("logits")))
              .actual()
              .getMessage());
    }
  }

  private static TextTokenizer tokenizer() throws Exception {
    return TextTokenizer.open(Bundles.folder("bert-token").resolve("tokenizer.json"));
  }

  private static List<Logits> runAll(LoadedModel model, int rounds) throws Exception {
    SessionRunner runner = model.session().newRunner();
    List<Logits> logits = new ArrayList<>();
    for (int round = 0; round < rounds; round++) {
      for (String text : TEXTS) {
        logits.add(run(model, runner, text));
      }
    }
    return logits;
  }

  private static Logits run(LoadedModel model, SessionRunner runner, String text) throws Exception {
    TokenizedText tokens = model.tokenizer().tokenize(text);
    return logits(runner, tokens, new Window(0, tokens.size()), "logits");
  }

  private static Logits logits(
      SessionRunner runner, TokenizedText text, Window window, String output)
      throws InferenceException {
    return requireNonNull(runner.run(text, window, Set.of(output)).get(output));
  }

  private static void assertSame(Logits found, Logits expected) {
    assertThat(found.rows()).isEqualTo(expected.rows());
    assertThat(found.columns()).isEqualTo(expected.columns());
    assertThat(found.values()).isEqualTo(expected.values());
  }
}
