package io.winnow.operators.model;

import java.nio.file.Path;
import java.util.List;

/**
 * A model folder that was read and found sound: what a Hugging Face export leaves, with an optional
 * {@code winnow.yaml}.
 *
 * @param name name from {@code winnow.yaml}, or of the folder
 * @param version version from {@code winnow.yaml}, or empty
 * @param contentDigest SHA-256 over the graph, its external weights and the tokenizer, in
 *     hexadecimal
 * @param fingerprint digest of all that decides the answers: content, heads and windows, in
 *     hexadecimal
 */
public record ModelBundle(
    Path folder,
    String name,
    String version,
    Path graphFile,
    OnnxGraph graph,
    Path tokenizerFile,
    WindowLimits window,
    List<Head> heads,
    String contentDigest,
    String fingerprint) {

  public ModelBundle {
    heads = List.copyOf(heads);
  }
}
