package io.winnow.jobs.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/**
 * What a run of the command line left.
 *
 * @param out standard output
 * @param err standard error
 */
record Winnow(int status, String out, String err) {
  private static final Path MODELS = Path.of("../operators/src/test/resources/parity");

  static Winnow run(String... arguments) {
    return runOn("", arguments);
  }

  /** Runs it with a text on standard input. */
  static Winnow runOn(String input, String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int status =
        Main.execute(
            new ByteArrayInputStream(input.getBytes(UTF_8)),
            new PrintWriter(out, true),
            new PrintWriter(err, true),
            arguments);
    return new Winnow(status, out.toString(), err.toString());
  }

  /** Returns a verb with its options, to be looked at. */
  static CommandSpec verb(String name) {
    CommandLine verb = Main.commands(InputStream.nullInputStream()).getSubcommands().get(name);
    return Objects.requireNonNull(verb, name).getCommandSpec();
  }

  List<String> lines() {
    return out.lines().toList();
  }

  List<String> errors() {
    return err.lines().toList();
  }

  /** Returns the folder of a tiny model. */
  static Path model(String name) {
    return MODELS.resolve(name);
  }

  /** Copies a tiny model, to be broken. */
  static Path copy(String name, Path folder) throws IOException {
    Path from = model(name);
    Path to = folder.resolve(name);
    Files.walkFileTree(
        from,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Path copy = to.resolve(from.relativize(file).toString());
            Files.createDirectories(copy.resolveSibling(""));
            Files.copy(file, copy);
            return FileVisitResult.CONTINUE;
          }
        });
    return to;
  }

  /** Seals a copy of a model with texts of three lengths. */
  static Winnow seal(Path model) throws IOException {
    Path texts = Files.createTempFile(model.resolveSibling(""), "texts", ".txt");
    Files.writeString(texts, "Angela met Tim in Berlin\n\nParis\nRates were raised in Frankfurt\n");
    return run("seal", model.toString(), "--texts", texts.toString());
  }

  /** Changes the first golden score of a model, and the digest with it, as if sealed elsewhere. */
  static void changeGoldenScore(Path model) throws Exception {
    Path golden = model.resolve("golden.jsonl");
    String before = Files.readString(golden);
    String after = before.replaceFirst("\"score\":[0-9.E-]+", "\"score\":0.01");
    Files.writeString(golden, after);
    replace(model.resolve("winnow.yaml"), sha256(before), sha256(after));
  }

  private static String sha256(String text) throws Exception {
    return HexFormat.of()
        .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8)));
  }

  static void replace(Path file, String replaced, String by) {
    try {
      String text = Files.readString(file);
      if (!text.contains(replaced)) {
        throw new IllegalArgumentException(file + " has no " + replaced);
      }
      Files.writeString(file, text.replace(replaced, by));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
