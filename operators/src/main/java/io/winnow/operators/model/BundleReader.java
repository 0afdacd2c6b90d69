package io.winnow.operators.model;

import io.winnow.operators.config.ConfigurationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads a model folder, and refuses a broken one with every problem at once. */
public final class BundleReader {
  /** Goes up when the same files give other answers, because our own processing has changed. */
  private static final String PROCESSING = "2";

  private final Path folder;
  private final HeadOptions options;
  private final FileDigests digests = new FileDigests();
  private final List<String> problems = new ArrayList<>();

  private BundleReader(Path folder, HeadOptions options) {
    this.folder = folder;
    this.options = options;
  }

  /**
   * Reads a bundle, and holds it against its seal where it has one.
   *
   * @throws ConfigurationException with every problem of the folder and of the options
   */
  public static ModelBundle read(Path folder, HeadOptions options) throws ConfigurationException {
    requireFolder(folder);
    BundleReader reader = new BundleReader(folder, options);
    BundleSettings settings = BundleSettings.read(folder, reader.problems);
    return reader.read(settings, settings.seal());
  }

  /**
   * Reads a bundle whatever its seal says, to seal it anew.
   *
   * @throws ConfigurationException with every other problem of the folder
   */
  public static ModelBundle readUnsealed(Path folder) throws ConfigurationException {
    requireFolder(folder);
    BundleReader reader = new BundleReader(folder, HeadOptions.NONE);
    return reader.read(BundleSettings.readUnsealed(folder, reader.problems), Optional.empty());
  }

  private static void requireFolder(Path folder) throws ConfigurationException {
    if (!Files.isDirectory(folder)) {
      throw new ConfigurationException(
          "Expected a model folder at %s, found %s; a Hugging Face export leaves one"
              .formatted(folder, Files.exists(folder) ? "a file" : "nothing"));
    }
  }

  private ModelBundle read(BundleSettings settings, Optional<Seal> seal)
      throws ConfigurationException {
    HuggingFaceConfig config = HuggingFaceConfig.read(folder, problems);
    Path tokenizer = tokenizer();
    BundleFiles.Graph graph = BundleFiles.graph(folder, settings, problems);
    WindowLimits window = window(settings, config);
    checkPositions(config, graph);
    List<Head> heads = new HeadReader(folder, settings, config, graph.content(), problems).heads();
    List<Head> asked = new HeadSelection(heads, options, problems).heads();
    seal.ifPresent(s -> new SealedFiles(folder, digests).check(s, graph, problems));
    throwIfAny();

    @Nullable OnnxGraph content = graph.content();
    if (content == null) {
      throw new IllegalStateException("A graph that was not read is a problem");
    }
    List<FileStamp> stamps = stamps(graph.file(), tokenizer);
    String digest = contentDigest(graph.file(), content, tokenizer);
    seal.ifPresent(s -> checkFingerprint(s, fingerprint(digest, window, heads)));
    throwIfAny();
    Path name = folder.toAbsolutePath().normalize().getFileName();
    return new ModelBundle(
        folder,
        settings.name().orElse(name == null ? "model" : name.toString()),
        settings.version().orElse(""),
        graph.file(),
        content,
        tokenizer,
        window,
        config.padId(),
        asked,
        heads,
        stamps,
        digest,
        fingerprint(digest, window, asked),
        settings.seal());
  }

  private void checkFingerprint(Seal seal, String found) {
    if (!found.equals(seal.fingerprint())) {
      problems.add(
          "%s: expected heads, thresholds and windows as they were sealed (fingerprint %s), found others (%s), or another version of Winnow sealed them; undo the change, or seal the bundle anew with 'winnow seal'"
              .formatted(folder.resolve(BundleSettings.FILE), seal.fingerprint(), found));
    }
  }

  private void checkPositions(HuggingFaceConfig config, BundleFiles.Graph graph) {
    OnnxGraph content = graph.content();
    if (config.hasOffsetPositions()
        && content != null
        && content.inputs().stream().anyMatch(i -> i.name().equals("position_ids"))) {
      problems.add(
          "%s needs the input position_ids, which Winnow counts from 0, but this family of models does not; export it without"
              .formatted(graph.file()));
    }
  }

  private Path tokenizer() {
    Path tokenizer = folder.resolve("tokenizer.json");
    if (!Files.isRegularFile(tokenizer)) {
      problems.add(
          "Expected the tokenizer in "
              + tokenizer
              + ", found nothing; export it with"
              + " AutoTokenizer.from_pretrained(MODEL, use_fast=True).save_pretrained(FOLDER)");
    }
    return tokenizer;
  }

  private WindowLimits window(BundleSettings settings, HuggingFaceConfig config) {
    int most = config.maxTokens().orElse(Integer.MAX_VALUE);
    int tokens = settings.windowTokens().orElse(Math.min(most, WindowLimits.DEFAULT_TOKENS));
    int stride = settings.windowStride().orElse(tokens / 8);
    if (tokens > most) {
      problems.add(
          "%s: window.tokens is %d, but the model reads %d at the most"
              .formatted(folder.resolve(BundleSettings.FILE), tokens, most));
    }
    if (most < WindowLimits.LEAST_TOKENS) {
      problems.add(
          "Expected a model in %s that reads at least %d tokens, but config.json and tokenizer_config.json allow %d; correct max_position_embeddings or model_max_length"
              .formatted(folder, WindowLimits.LEAST_TOKENS, most));
    }
    if (stride > tokens / 2) {
      problems.add(
          "%s: window.stride is %d, but must be at most half of the window's %d tokens"
              .formatted(folder.resolve(BundleSettings.FILE), stride, tokens));
    }
    return new WindowLimits(
        tokens,
        stride,
        settings.windowLimit().orElse(WindowLimits.DEFAULT_LIMIT),
        settings.windowOverflow());
  }

  private static String fingerprint(String content, WindowLimits window, List<Head> heads) {
    return new Digest()
        .add(PROCESSING)
        .add(content)
        .add(window.toString())
        .add(HeadReader.canonical(heads))
        .hex(16);
  }

  private List<FileStamp> stamps(Path graphFile, Path tokenizer) throws ConfigurationException {
    try {
      return List.of(FileStamp.of(graphFile), FileStamp.of(tokenizer));
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  private String contentDigest(Path graphFile, OnnxGraph graph, Path tokenizer)
      throws ConfigurationException {
    try {
      Digest digest = new Digest().add(digests.of(graphFile)).add(digests.of(tokenizer));
      for (String external : graph.externalFiles()) {
        digest.add(external).add(digests.of(graphFile.resolveSibling(external)));
      }
      return digest.hex(32);
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  private ConfigurationException unreadable(IOException failure) {
    return new ConfigurationException("Expected readable files in " + folder + ", but " + failure);
  }

  private void throwIfAny() throws ConfigurationException {
    if (!problems.isEmpty()) {
      throw new ConfigurationException(problems);
    }
  }
}
