package io.winnow.operators.text;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.djl.huggingface.tokenizers.jni.CharSpan;
import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A Hugging Face tokenizer ({@code tokenizer.json}), without its truncation and padding.
 *
 * <p>Thread-safe. Holds native memory until it is closed.
 */
public final class TextTokenizer implements AutoCloseable {
  private static final Map<String, String> OPTIONS =
      Map.of("truncation", "false", "padding", "false", "addSpecialTokens", "true");

  private final HuggingFaceTokenizer tokenizer;
  private final WordBorders borders;

  private TextTokenizer(HuggingFaceTokenizer tokenizer, WordBorders borders) {
    this.tokenizer = tokenizer;
    this.borders = borders;
  }

  /**
   * Loads the native library, which {@link #open} does, too.
   *
   * @throws ai.djl.engine.EngineException if that fails, now or before
   */
  public static void loadLibrary() {
    TokenizerLibrary.load();
  }

  /**
   * Opens a tokenizer.
   *
   * @throws IOException if the file cannot be read or is no tokenizer; the message names the file
   */
  public static TextTokenizer open(Path file) throws IOException {
    byte[] json = Files.readAllBytes(file);
    TokenizerLibrary.load();
    try {
      WordBorders borders = WordBorders.read(json);
      return new TextTokenizer(
          HuggingFaceTokenizer.newInstance(new ByteArrayInputStream(json), OPTIONS), borders);
    } catch (JsonProcessingException e) {
      throw refused(file, e.getOriginalMessage(), e);
    } catch (RuntimeException e) { // the native library throws nothing more precise
      throw refused(file, e.getMessage(), e);
    }
  }

  private static IOException refused(Path file, @Nullable String why, Exception cause) {
    return new IOException(file + " is not a Hugging Face tokenizer: " + why, cause);
  }

  /**
   * Divides a text into tokens.
   *
   * @throws RejectedException if the tokenizer has no token for a part of the text
   */
  public TokenizedText tokenize(String text) throws RejectedException {
    Encoding encoding;
    try {
      encoding = tokenizer.encode(text, true, false);
    } catch (IllegalStateException e) { // it is closed, which is no fault of the text
      throw e;
    } catch (RuntimeException e) { // the native library throws nothing more precise
      throw new RejectedException(
          Reason.INFERENCE_FAILED, "The tokenizer cannot read the text: " + e.getMessage());
    }
    return tokenized(text, encoding);
  }

  private TokenizedText tokenized(String text, Encoding encoding) {
    long[] ids = encoding.getIds();
    long[] special = encoding.getSpecialTokenMask();
    int prefix = 0;
    while (prefix < ids.length && special[prefix] == 1) {
      prefix++;
    }
    int suffix = 0;
    while (suffix < ids.length - prefix && special[ids.length - 1 - suffix] == 1) {
      suffix++;
    }
    int size = ids.length - prefix - suffix;
    int[] bounds = bounds(text, encoding.getCharTokenSpans(), prefix, size);
    boolean[] continuations = borders.continuations(text, encoding, bounds, prefix);
    return new TokenizedText(
        text, ids, encoding.getTypeIds(), bounds, continuations, prefix, suffix);
  }

  /** The library counts code points; Java, and so the spans we report, count UTF-16 units. */
  private static int[] bounds(String text, @Nullable CharSpan[] spans, int prefix, int size) {
    int[] bounds = new int[2 * size];
    CodePoints codePoints = new CodePoints(text);
    for (int i = 0; i < size; i++) {
      CharSpan span = spans[prefix + i];
      bounds[2 * i] = span == null ? 0 : codePoints.toUtf16(span.getStart());
      bounds[2 * i + 1] = span == null ? 0 : codePoints.toUtf16(span.getEnd());
    }
    return bounds;
  }

  @Override
  public void close() {
    tokenizer.close();
  }
}
