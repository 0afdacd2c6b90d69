package io.winnow.jobs.bench.djl;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.translate.NoBatchifyTranslator;
import ai.djl.translate.TranslatorContext;
import io.winnow.jobs.bench.TopLabels;
import io.winnow.operators.inference.Logits;
import io.winnow.operators.model.ModelBundle;
import io.winnow.operators.model.TensorInfo;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/** Turns a text into the tensors of a graph, and its logits into labels. */
@SuppressWarnings("NullAway.Init") // DJL calls prepare first
final class LabelTranslator implements NoBatchifyTranslator<String, String> {
  private final ModelBundle bundle;
  private HuggingFaceTokenizer tokenizer;

  LabelTranslator(ModelBundle bundle) {
    this.bundle = bundle;
  }

  @Override
  public void prepare(TranslatorContext context) throws IOException {
    this.tokenizer =
        HuggingFaceTokenizer.builder()
            .optTokenizerPath(bundle.tokenizerFile())
            .optTruncation(true)
            .optMaxLength(bundle.window().tokens())
            .build();
  }

  @Override
  public NDList processInput(TranslatorContext context, String text) {
    Encoding encoding = tokenizer.encode(text);
    NDManager manager = context.getNDManager();
    NDList inputs = new NDList();
    for (TensorInfo input : bundle.graph().inputs()) {
      long[] values =
          switch (input.name()) {
            case "input_ids" -> encoding.getIds();
            case "attention_mask" -> encoding.getAttentionMask();
            case "token_type_ids" -> encoding.getTypeIds();
            default ->
                throw new IllegalArgumentException(
                    "DJL's tokenizer gives no " + input.name() + ", which the model takes in");
          };
      NDArray array = manager.create(new long[][] {values});
      array.setName(input.name());
      inputs.add(array);
    }
    return inputs;
  }

  @Override
  public String processOutput(TranslatorContext context, NDList outputs) {
    Map<String, Logits> logits = new HashMap<>();
    for (NDArray output : outputs) {
      float[] values = output.toFloatArray();
      int columns = (int) output.getShape().getLastDimension();
      logits.put(output.getName(), new Logits(values.length / columns, columns, values));
    }
    return TopLabels.of(bundle.heads(), logits);
  }
}
