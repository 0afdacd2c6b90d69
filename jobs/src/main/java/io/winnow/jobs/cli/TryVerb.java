package io.winnow.jobs.cli;

import io.winnow.jobs.display.AnswerPrinter;
import io.winnow.jobs.display.Palette;
import io.winnow.jobs.display.TerminalWidth;
import io.winnow.jobs.format.EnrichmentJson;
import io.winnow.operators.config.ConfigurationException;
import io.winnow.operators.flink.Enrichments;
import io.winnow.operators.inference.InferenceException;
import io.winnow.operators.inference.LoadedModel;
import io.winnow.operators.model.BundleReader;
import io.winnow.operators.model.ModelBundle;
import io.winnow.operators.seal.GoldenCheck;
import io.winnow.operators.task.Enricher;
import io.winnow.operators.text.JoinedText;
import io.winnow.operators.text.RejectedException;
import io.winnow.operators.text.TextField;
import io.winnow.operators.text.TextPolicy;
import io.winnow.schemas.Enrichment;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Asks a bundle directly. */
@Command(
    name = "try",
    description = "Answers texts given as arguments, or one a line on standard input.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  winnow try deploy/models/support \"I lost my card in Berlin\"",
      "  winnow try deploy/models/support --json < texts.txt"
    })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class TryVerb implements Callable<Integer> {
  @Spec CommandSpec spec;

  @ParentCommand Main winnow;

  @Parameters(index = "0", paramLabel = "MODEL", description = "Folder of the bundle.")
  Path folder;

  @Parameters(index = "1..*", paramLabel = "TEXT", description = "Texts to answer.")
  List<String> texts = List.of();

  @Mixin HeadArguments heads;

  @Option(names = "--json", description = "Print one JSON object for each text, a line each.")
  boolean json;

  @Override
  public Integer call() throws Exception {
    ModelBundle bundle = BundleReader.read(folder, heads.options());
    try (LoadedModel model = opened(bundle)) {
      Enricher enricher = new Enricher(bundle, model);
      enricher.warmUp();
      GoldenCheck.mismatch(bundle, model).ifPresent(FailureReport.warnings(spec));
      Enrichments enrichments = new Enrichments(bundle.name(), bundle);
      Answers answers = json ? jsonAnswers() : shownAnswers();
      if (texts.isEmpty()) {
        answerLines(enricher, enrichments, answers);
      } else {
        for (String text : texts) {
          answer(text, enricher, enrichments, answers);
        }
      }
    }
    return 0;
  }

  private static LoadedModel opened(ModelBundle bundle) throws ConfigurationException {
    try {
      return LoadedModel.open(bundle);
    } catch (IOException | InferenceException e) { // files of the bundle that are broken
      throw new ConfigurationException(String.valueOf(e.getMessage()));
    }
  }

  private void answerLines(Enricher enricher, Enrichments enrichments, Answers answers)
      throws IOException {
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(winnow.in(), StandardCharsets.UTF_8));
    PrintWriter out = spec.commandLine().getOut();
    for (String line = lines.readLine();
        line != null && !out.checkError();
        line = lines.readLine()) {
      answer(line, enricher, enrichments, answers);
    }
  }

  private static void answer(
      String text, Enricher enricher, Enrichments enrichments, Answers answers) {
    JoinedText joined = new JoinedText(List.of(new TextField("", text)));
    try {
      TextPolicy.check(text);
      answers.enriched(text, enrichments.of(joined, enricher.enrich(text)));
    } catch (RejectedException e) {
      answers.rejected(text, e);
    }
  }

  private Answers jsonAnswers() {
    PrintWriter out = spec.commandLine().getOut();
    return new Answers() {
      @Override
      public void enriched(String text, List<Enrichment> enrichments) {
        out.println(EnrichmentJson.line(text, enrichments));
      }

      @Override
      public void rejected(String text, RejectedException rejection) {
        out.println(EnrichmentJson.line(text, rejection));
      }
    };
  }

  private Answers shownAnswers() {
    AnswerPrinter printer =
        new AnswerPrinter(
            spec.commandLine().getOut(), Palette.of(Ansi.AUTO), TerminalWidth.columns());
    return new Answers() {
      @Override
      public void enriched(String text, List<Enrichment> enrichments) {
        printer.print(text, enrichments);
      }

      @Override
      public void rejected(String text, RejectedException rejection) {
        printer.print(text, rejection);
      }
    };
  }

  /** Takes what becomes of each text. */
  private interface Answers {
    void enriched(String text, List<Enrichment> enrichments);

    void rejected(String text, RejectedException rejection);
  }
}
