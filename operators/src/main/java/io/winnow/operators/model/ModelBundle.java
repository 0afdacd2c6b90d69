package io.winnow.operators.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A model folder that was read and found sound: what a Hugging Face export leaves, with an optional
 * {@code winnow.yaml}.
 *
 * @param name name from {@code winnow.yaml}, or of the folder
 * @param version version from {@code winnow.yaml}, or empty
 * @param padId id of the token that fills up shorter texts of a batch
 * @param heads heads to run, as the pipeline asks for them
 * @param ownHeads all heads, as the bundle itself describes them
 * @param stamps of the graph and the tokenizer, before their bytes were digested
 * @param contentDigest SHA-256 over the graph, its external weights and the tokenizer, in
 *     hexadecimal
 * @param fingerprint digest of all that decides the answers: content, heads and windows, in
 *     hexadecimal
 * @param seal what {@code winnow seal} wrote of it
 */
public record ModelBundle(
    Path folder,
    String name,
    String version,
    Path graphFile,
    OnnxGraph graph,
    Path tokenizerFile,
    WindowLimits window,
    long padId,
    List<Head> heads,
    List<Head> ownHeads,
    List<FileStamp> stamps,
    String contentDigest,
    String fingerprint,
    Optional<Seal> seal) {

  public ModelBundle {
    heads = List.copyOf(heads);
    ownHeads = List.copyOf(ownHeads);
    stamps = List.copyOf(stamps);
  }

  /**
   * Returns the size of the graph and its external weights.
   *
   * @throws IOException if a file cannot be read
   */
  public long graphBytes() throws IOException {
    long bytes = Files.size(graphFile);
    for (String external : graph.externalFiles()) {
      bytes += Files.size(graphFile.resolveSibling(external));
    }
    return bytes;
  }

  /**
   * Fails if graph or tokenizer were written over since they were digested: what was loaded of them
   * meanwhile may be another model than the digest tells.
   *
   * @throws IOException if they were, or cannot be looked at
   */
  public void requireUnchanged() throws IOException {
    if (!stamps.equals(List.of(FileStamp.of(graphFile), FileStamp.of(tokenizerFile)))) {
      throw new IOException(
          "Expected the files in %s as they were a moment ago, but they were written over while the model was loaded; replace a model by another folder"
              .formatted(folder));
    }
  }

  /** Returns what is known of answers that share a forward pass with others. */
  public BatchInvariance batchInvariance() {
    return seal.map(Seal::batchInvariance).orElse(BatchInvariance.NOT_PROVEN);
  }

  /** Tells whether a text is answered the same whatever shares its forward pass. */
  public boolean isBatchInvariant() {
    return batchInvariance().proven();
  }
}
