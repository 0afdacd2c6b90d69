package io.winnow.operators.task;

import io.winnow.operators.inference.Logits;
import io.winnow.operators.model.Head;
import io.winnow.operators.model.ProblemType;
import io.winnow.operators.text.TokenizedText;
import io.winnow.operators.text.Window;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the spans of a text from the logits of its tokens, by the rules of Hugging Face's {@code
 * TokenClassificationPipeline} ({@code aggregate}, {@code aggregate_words}, {@code
 * group_entities}).
 *
 * <p>Of a text in several windows, each token is read from the window that shows the most context
 * on both sides of it.
 */
final class TokenClassifier {
  private final Head head;

  TokenClassifier(Head head) {
    this.head = head;
  }

  /**
   * Returns the spans that have a label.
   *
   * @param logits for each window {@code [tokens, labels]}, special tokens included
   */
  HeadResult.Spans classify(TokenizedText text, List<Window> windows, List<Logits> logits) {
    List<Piece> pieces = pieces(text, windows, logits);
    List<LabelledSpan> spans =
        switch (head.aggregation()) {
          case NONE -> pieces.stream().map(this::span).toList();
          case SIMPLE -> SpanGroups.of(pieces.stream().map(this::span).toList());
          case FIRST, AVERAGE, MAX ->
              SpanGroups.of(words(pieces).stream().map(this::word).toList());
        };
    return new HeadResult.Spans(head, spans.stream().filter(this::isReported).toList());
  }

  private List<Piece> pieces(TokenizedText text, List<Window> windows, List<Logits> logits) {
    int read = windows.get(windows.size() - 1).end();
    List<Piece> pieces = new ArrayList<>(read);
    int current = 0;
    for (int token = 0; token < read; token++) {
      while (current + 1 < windows.size()
          && windows.get(current + 1).start() <= token
          && windows.get(current + 1).context(token, text.size())
              > windows.get(current).context(token, text.size())) {
        current++;
      }
      int row = text.prefix() + token - windows.get(current).start();
      float[] scores = Scores.of(logits.get(current), row, ProblemType.SINGLE_LABEL_CLASSIFICATION);
      pieces.add(new Piece(text.start(token), text.end(token), text.continuesWord(token), scores));
    }
    return pieces;
  }

  private static List<List<Piece>> words(List<Piece> pieces) {
    List<List<Piece>> words = new ArrayList<>();
    for (Piece piece : pieces) {
      if (words.isEmpty() || !piece.continuesWord()) {
        words.add(new ArrayList<>());
      }
      words.get(words.size() - 1).add(piece);
    }
    return words;
  }

  private LabelledSpan word(List<Piece> pieces) {
    float[] scores =
        switch (head.aggregation()) {
          case AVERAGE -> mean(pieces);
          case MAX -> mostCertain(pieces).scores();
          default -> pieces.get(0).scores();
        };
    return span(pieces.get(0).start(), pieces.get(pieces.size() - 1).end(), scores);
  }

  private static float[] mean(List<Piece> pieces) {
    float[] mean = new float[pieces.get(0).scores().length];
    for (int label = 0; label < mean.length; label++) {
      for (Piece piece : pieces) {
        mean[label] += piece.scores()[label];
      }
      mean[label] /= pieces.size();
    }
    return mean;
  }

  private static Piece mostCertain(List<Piece> pieces) {
    Piece best = pieces.get(0);
    for (Piece piece : pieces) {
      if (piece.highestScore() > best.highestScore()) {
        best = piece;
      }
    }
    return best;
  }

  private LabelledSpan span(Piece piece) {
    return span(piece.start(), piece.end(), piece.scores());
  }

  private LabelledSpan span(int start, int end, float[] scores) {
    int label = Scores.highest(scores);
    return new LabelledSpan(head.labels().get(label), start, end, scores[label]);
  }

  private boolean isReported(LabelledSpan span) {
    return !span.label().equals("O") && span.score() >= head.threshold(span.label());
  }

  /** A token of the text with its scores. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Piece(int start, int end, boolean continuesWord, float[] scores) {
    float highestScore() {
      return scores[Scores.highest(scores)];
    }
  }
}
