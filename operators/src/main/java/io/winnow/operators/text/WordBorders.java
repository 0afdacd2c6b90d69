package io.winnow.operators.text;

import ai.djl.huggingface.tokenizers.Encoding;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;

/**
 * Tells which tokens continue the word of the token before them, by the rules of Hugging Face's
 * {@code TokenClassificationPipeline.gather_pre_entities}.
 *
 * @param marksContinuations whether the model marks them with a prefix, as WordPiece does with ##
 * @param unknown id of the token that stands for text outside the vocabulary; -1 if there is none
 */
record WordBorders(boolean marksContinuations, long unknown) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Reads what the rules need from a {@code tokenizer.json}. */
  static WordBorders read(byte[] json) throws IOException {
    JsonNode model = JSON.readTree(json).path("model");
    return new WordBorders(
        !model.path("continuing_subword_prefix").asText("").isEmpty(), unknown(model));
  }

  private static long unknown(JsonNode model) {
    return model.has("unk_id") // Unigram's vocabulary is a list
        ? model.path("unk_id").asLong(-1)
        : model.path("vocab").path(model.path("unk_token").asText("")).asLong(-1);
  }

  /**
   * Returns whether each token of the text continues a word.
   *
   * @param bounds start and end of each token in UTF-16 code units, in turn
   * @param prefix special tokens before the first token of the text
   */
  boolean[] continuations(String text, Encoding encoding, int[] bounds, int prefix) {
    String[] tokens = encoding.getTokens();
    long[] ids = encoding.getIds();
    boolean[] continuations = new boolean[bounds.length / 2];
    for (int i = 0; i < continuations.length; i++) {
      continuations[i] =
          ids[prefix + i] != unknown
              && continues(text, tokens[prefix + i], bounds[2 * i], bounds[2 * i + 1]);
    }
    return continuations;
  }

  private boolean continues(String text, String token, int start, int end) {
    if (marksContinuations) { // the mark makes the token longer than the text it stands for
      return token.codePointCount(0, token.length()) != text.codePointCount(start, end);
    }
    if (start == 0) {
      return false;
    }
    boolean spaceHere = start < text.length() && text.charAt(start) == ' ';
    return text.charAt(start - 1) != ' ' && !spaceHere;
  }
}
