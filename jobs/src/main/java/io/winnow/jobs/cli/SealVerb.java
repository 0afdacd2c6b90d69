package io.winnow.jobs.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.winnow.operators.config.ConfigurationException;
import io.winnow.operators.model.ModelBundle;
import io.winnow.operators.model.Seal;
import io.winnow.operators.seal.Sealer;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Seals a bundle. */
@Command(
    name = "seal",
    description =
        "Writes digests of a bundle's files and its answers to golden texts into the bundle, and"
            + " checks whether answers depend on the batch.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Every start then verifies the files, and answers the golden texts again.",
      "",
      "Example: winnow seal my-model --texts texts.txt"
    })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class SealVerb implements Callable<Integer> {
  @Spec CommandSpec spec;

  @Parameters(paramLabel = "MODEL", description = "Folder of the bundle.")
  Path model;

  @Option(
      names = "--texts",
      paramLabel = "FILE",
      description = "Golden texts, one a line, 2 to 24; default: those of golden.jsonl.")
  @Nullable Path texts;

  @Option(
      names = "--tolerance",
      paramLabel = "T",
      description =
          "How far a score may be from a golden one, 0 to 1; default: that of the seal before,"
              + " or 0.05.")
  @Nullable Double tolerance;

  @Option(names = "--json", description = "Print one JSON object.")
  boolean json;

  @Override
  public Integer call() throws Exception {
    if (tolerance != null && !(tolerance >= 0 && tolerance <= 1)) { // NaN is neither
      throw new ParameterException(
          spec.commandLine(), "Expected a number from 0 to 1 with --tolerance, found " + tolerance);
    }
    Sealer.Sealed sealed = new Sealer(model, lines(), Optional.ofNullable(tolerance)).seal();
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(json(sealed));
    } else {
      print(sealed, out);
    }
    return 0;
  }

  private Optional<List<String>> lines() throws ConfigurationException {
    if (texts == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(Files.readAllLines(texts).stream().filter(t -> !t.isBlank()).toList());
    } catch (IOException e) {
      throw new ConfigurationException("Expected texts in UTF-8 in " + texts + ", but " + e);
    }
  }

  private static void print(Sealer.Sealed sealed, PrintWriter out) {
    ModelBundle bundle = sealed.bundle();
    Seal seal = bundle.seal().orElseThrow();
    out.println(bundle.name() + (bundle.version().isEmpty() ? "" : " " + bundle.version()));
    line(out, "sealed", seal.machine());
    line(out, "files", SealReport.files(seal));
    line(
        out,
        "golden",
        String.format(
            Locale.ROOT,
            "%d records, tolerance %s; a start answers them in %.0f ms",
            sealed.goldenRecords(),
            seal.tolerance(),
            sealed.goldenNanos() / 1e6));
    line(out, "invariance", SealReport.invariance(bundle));
    line(out, "fingerprint", bundle.fingerprint());
  }

  private static void line(PrintWriter out, String name, Object value) {
    out.printf("  %-13s %s%n", name, value);
  }

  private static ObjectNode json(Sealer.Sealed sealed) {
    ObjectNode node = new ObjectMapper().createObjectNode();
    node.put("name", sealed.bundle().name());
    node.put("version", sealed.bundle().version());
    node.put("fingerprint", sealed.bundle().fingerprint());
    node.put("goldenRecords", sealed.goldenRecords());
    SealReport.write(sealed.bundle(), node);
    return node;
  }
}
