package io.winnow.operators.text;

import ai.djl.huggingface.tokenizers.Encoding;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Tells which tokens continue the word of the token before them, by the rules of Hugging Face's
 * {@code TokenClassificationPipeline.gather_pre_entities}.
 *
 * @param marksContinuations whether the model marks them with a prefix, as WordPiece does with ##
 * @param unknown id of the token that stands for text outside the vocabulary; -1 if there is none
 */
record WordBorders(boolean marksContinuations, long unknown) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * Reads what the rules need from a {@code tokenizer.json}, and as little of the rest as can be:
   * vocabularies are large, and the model of a new process waits for this.
   */
  static WordBorders read(byte[] json) throws IOException {
    try (JsonParser parser = JSON.createParser(json)) {
      parser.nextToken();
      for (String key = parser.nextFieldName(); key != null; key = parser.nextFieldName()) {
        JsonToken value = parser.nextToken();
        if (key.equals("model") && value == JsonToken.START_OBJECT) {
          return readModel(parser);
        }
        parser.skipChildren();
      }
    }
    return new WordBorders(false, -1);
  }

  private static WordBorders readModel(JsonParser parser) throws IOException {
    @Nullable String prefix = null;
    @Nullable String unknown = null;
    long unknownId = -1;
    JsonNode vocabulary = MissingNode.getInstance();
    for (String key = parser.nextFieldName(); key != null; key = parser.nextFieldName()) {
      JsonToken value = parser.nextToken();
      switch (key) {
        case "continuing_subword_prefix" -> prefix = parser.getValueAsString("");
        case "unk_token" -> unknown = parser.getValueAsString("");
        case "unk_id" -> // Unigram's vocabulary is a list
            unknownId = value == JsonToken.VALUE_NULL ? -1 : parser.getValueAsLong(-1);
        case "vocab" -> {
          if (value != JsonToken.START_OBJECT) {
            parser.skipChildren();
          } else if (unknown == null) {
            vocabulary = parser.readValueAsTree();
          } else {
            unknownId = idOf(unknown, parser);
            if (prefix != null) {
              return new WordBorders(!prefix.isEmpty(), unknownId);
            }
            endObject(parser);
          }
        }
        default -> parser.skipChildren();
      }
    }
    if (unknown != null && unknownId < 0) {
      unknownId = vocabulary.path(unknown).asLong(-1);
    }
    return new WordBorders(prefix != null && !prefix.isEmpty(), unknownId);
  }

  /** Reads a vocabulary as far as a token, and returns its id; -1 if it is not there. */
  private static long idOf(String token, JsonParser vocabulary) throws IOException {
    String key = vocabulary.nextFieldName();
    while (key != null && !key.equals(token)) {
      vocabulary.nextToken();
      key = vocabulary.nextFieldName();
    }
    return key == null ? -1 : vocabulary.nextLongValue(-1);
  }

  private static void endObject(JsonParser vocabulary) throws IOException {
    while (vocabulary.currentToken() != JsonToken.END_OBJECT) {
      vocabulary.nextToken();
    }
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
