package io.winnow.operators.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What {@code config.json} and {@code tokenizer_config.json} say; empty where they are missing. */
final class HuggingFaceConfig {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Their position table starts behind the padding token's index, so some of it is not used. */
  private static final Set<String> OFFSET_POSITIONS =
      Set.of("roberta", "xlm-roberta", "xlm-roberta-xl", "camembert", "longformer", "mpnet");

  /** Tokenizers without a limit state one of 10^30. */
  private static final long NO_LIMIT = 1_000_000;

  private final JsonNode model;
  private final JsonNode tokenizer;

  private HuggingFaceConfig(JsonNode model, JsonNode tokenizer) {
    this.model = model;
    this.tokenizer = tokenizer;
  }

  static HuggingFaceConfig read(Path folder, List<String> problems) {
    return new HuggingFaceConfig(
        json(folder.resolve("config.json"), problems),
        json(folder.resolve("tokenizer_config.json"), problems));
  }

  boolean isPresent() {
    return !model.isMissingNode();
  }

  /** Returns the first model class, such as {@code BertForTokenClassification}. */
  String architecture() {
    return model.path("architectures").path(0).asText("");
  }

  Optional<Task> task() {
    return Task.ofArchitecture(architecture());
  }

  /** Returns the labels by index; empty where the file names none or leaves an index out. */
  List<String> labels() {
    JsonNode id2label = model.path("id2label");
    List<String> labels = new ArrayList<>();
    for (int i = 0; i < id2label.size(); i++) {
      JsonNode label = id2label.path(Integer.toString(i));
      if (!label.isTextual()) {
        return List.of();
      }
      labels.add(label.asText());
    }
    return labels;
  }

  /**
   * Returns how logits are read, by the rule of Hugging Face's text classification pipeline.
   *
   * @param labels number of labels
   */
  ProblemType problemType(int labels) {
    return switch (model.path("problem_type").asText("")) {
      case "regression" -> ProblemType.REGRESSION;
      case "multi_label_classification" -> ProblemType.MULTI_LABEL_CLASSIFICATION;
      default ->
          labels == 1
              ? ProblemType.MULTI_LABEL_CLASSIFICATION
              : ProblemType.SINGLE_LABEL_CLASSIFICATION;
    };
  }

  /** Tells whether positions start behind the padding token's index instead of at 0. */
  boolean hasOffsetPositions() {
    return OFFSET_POSITIONS.contains(model.path("model_type").asText(""));
  }

  /**
   * Returns the id of the token that pads. It stands in the tokenizer's files, too, but it is the
   * graph that may look for it: those of {@link #hasOffsetPositions} count positions by it.
   */
  long padId() {
    return model.path("pad_token_id").asLong(hasOffsetPositions() ? 1 : 0);
  }

  /** Returns a size that families of models call by different names, if the file tells it. */
  Optional<Integer> size(String name, String otherName) {
    int size = model.path(name).asInt(model.path(otherName).asInt());
    return size > 0 ? Optional.of(size) : Optional.empty();
  }

  /** Returns how many tokens the model can read at once, if the files say it. */
  Optional<Integer> maxTokens() {
    long positions = model.path("max_position_embeddings").asLong(NO_LIMIT);
    if (hasOffsetPositions()) {
      positions -= padId() + 1;
    }
    double stated = tokenizer.path("model_max_length").asDouble((double) NO_LIMIT);
    long tokens = (long) Math.min((double) positions, stated);
    return tokens > 0 && tokens < NO_LIMIT ? Optional.of((int) tokens) : Optional.empty();
  }

  private static JsonNode json(Path file, List<String> problems) {
    if (!Files.exists(file)) {
      return JSON.missingNode();
    }
    try {
      JsonNode json = JSON.readTree(file.toFile());
      if (json.isObject()) {
        return json;
      }
      problems.add("Expected a JSON object in " + file + ", found none");
    } catch (JsonProcessingException e) { // its whole message has several lines
      problems.add("Expected a JSON object in " + file + ", but " + e.getOriginalMessage());
    } catch (IOException e) {
      problems.add("Expected a JSON object in " + file + ", but " + e.getMessage());
    }
    return JSON.missingNode();
  }
}
