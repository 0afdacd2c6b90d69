package io.winnow.jobs.trial;

import static org.assertj.core.api.Assertions.assertThat;

import io.winnow.jobs.evaluation.Answer;
import io.winnow.jobs.evaluation.Speed;
import io.winnow.jobs.evaluation.Target;
import io.winnow.operators.inference.LoadedModel;
import io.winnow.operators.model.Aggregation;
import io.winnow.operators.model.BundleReader;
import io.winnow.operators.model.HeadOptions;
import io.winnow.operators.model.ModelBundle;
import io.winnow.operators.task.Enricher;
import io.winnow.operators.task.HeadResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimedBundleTest {
  private static final Path MODELS = Path.of("../operators/src/test/resources/parity");
  private static final Path TEXTS = Path.of("../deploy/models/recipe/parity/corpus.txt");

  @ParameterizedTest
  @CsvSource({
    "bert-text, , , ",
    "bert-text, , 0.3, ",
    "bert-text, , 1, ",
    "bert-multilabel, , , ",
    "bert-multilabel, 1, , ",
    "bert-multilabel, 2, 0.4, ",
    "bert-token, , , ",
    "bert-token, , 0.3, ",
    "bert-token, , 0.25, NONE",
    "distilbert-token, , 0.3, FIRST"
  })
  void anAnswerIsThatOfAPipeline(
      String model,
      @Nullable Integer topK,
      @Nullable Double minScore,
      @Nullable Aggregation aggregation)
      throws Exception {
    HeadOptions options = new HeadOptions(List.of(), topK, minScore, aggregation);
    Candidate candidate = Candidate.read(MODELS.resolve(model), options);
    Target target = candidate.targets().get(0);
    ModelBundle pipelines = BundleReader.read(MODELS.resolve(model), options);

    List<Object> answers = new ArrayList<>();
    List<Object> expected = new ArrayList<>();
    try (TimedBundle bundle = candidate.open(List.of(target));
        LoadedModel loaded = LoadedModel.open(pipelines)) {
      Enricher enricher = new Enricher(pipelines, loaded);
      for (String text : texts()) {
        answers.add(reported(bundle.answer(text).of(target)));
        expected.add(reported(enricher.enrich(text).results().get(0)));
      }
    }

    assertThat(answers).hasSizeGreaterThan(20).isEqualTo(expected);
    assertThat(candidate.identity().fingerprint()).isEqualTo(pipelines.fingerprint());
  }

  @Test
  void theScoresOfLabelsThatAreNotReportedAreKnown() throws Exception {
    Candidate candidate = Candidate.read(MODELS.resolve("bert-text"), HeadOptions.NONE);
    Target target = candidate.targets().get(0);
    try (TimedBundle bundle = candidate.open(List.of(target))) {
      Answer.Labels answer = (Answer.Labels) bundle.answer("A text").of(target);

      assertThat(answer.labels()).hasSize(1);
      assertThat(answer.scores().labels())
          .containsExactly("sports", "politics", "science", "culture", "other");
      float sum = 0;
      for (float score : answer.scores().scores()) {
        sum += score;
      }
      assertThat(sum).isBetween(0.999f, 1.001f);
    }
  }

  @Test
  void aRejectedTextHasAReasonAndNoSpeed() throws Exception {
    Candidate candidate = Candidate.read(MODELS.resolve("bert-token"), HeadOptions.NONE);
    Target target = candidate.targets().get(0);
    try (TimedBundle bundle = candidate.open(List.of(target))) {
      TimedAnswer empty = bundle.answer(" ");
      TimedAnswer tooLong = bundle.answer("many words ".repeat(5_000));
      TimedAnswer good = bundle.answer("Two words");

      assertThat(empty.of(target)).isEqualTo(new Answer.Rejected("empty-text"));
      assertThat(tooLong.of(target)).isEqualTo(new Answer.Rejected("text-too-long"));
      assertThat(empty.speed()).isEqualTo(Speed.NONE);
      assertThat(good.speed().texts()).isEqualTo(1);
      assertThat(good.speed().tokens()).isPositive();
      assertThat(good.speed().tokensPerSecond()).isPositive();
    }
  }

  private static Object reported(Answer answer) {
    return answer instanceof Answer.Labels labels
        ? labels.labels()
        : ((Answer.Spans) answer).spans();
  }

  private static Object reported(HeadResult result) {
    return result instanceof HeadResult.Labels labels
        ? labels.labels()
        : ((HeadResult.Spans) result).spans();
  }

  private static List<String> texts() throws IOException {
    return Files.readAllLines(TEXTS).stream().filter(line -> !line.isBlank()).limit(60).toList();
  }
}
