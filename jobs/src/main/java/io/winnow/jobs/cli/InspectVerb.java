package io.winnow.jobs.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.winnow.operators.model.BundleReader;
import io.winnow.operators.model.Head;
import io.winnow.operators.model.HeadOptions;
import io.winnow.operators.model.MemoryBudget;
import io.winnow.operators.model.ModelBundle;
import io.winnow.operators.model.Seal;
import io.winnow.operators.model.TensorInfo;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows what a bundle is. */
@Command(
    name = "inspect",
    description =
        "Shows what a model bundle is: heads, labels, inputs, quantization, memory, fingerprint, seal.",
    mixinStandardHelpOptions = true,
    footer = {"", "Example: winnow inspect deploy/models/support"})
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class InspectVerb implements Callable<Integer> {
  private static final int LABELS_SHOWN = 12;

  @Spec CommandSpec spec;

  @Parameters(paramLabel = "MODEL", description = "Folder of the bundle.")
  Path model;

  @Option(names = "--json", description = "Print one JSON object.")
  boolean json;

  @Override
  public Integer call() throws Exception {
    ModelBundle bundle = BundleReader.read(model, HeadOptions.NONE);
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(json(bundle));
    } else {
      print(bundle, out);
    }
    return 0;
  }

  private static void print(ModelBundle bundle, PrintWriter out) throws IOException {
    out.println(bundle.name() + (bundle.version().isEmpty() ? "" : " " + bundle.version()));
    line(out, "model", bundle.graphFile());
    line(out, "size", String.format(Locale.ROOT, "%.1f MB", bundle.graphBytes() / 1e6));
    line(out, "quantization", bundle.graph().quantization());
    line(out, "inputs", bundle.graph().inputs());
    line(out, "outputs", bundle.graph().outputs());
    line(
        out,
        "window",
        "%d tokens, stride %d, at most %d windows"
            .formatted(
                bundle.window().tokens(), bundle.window().stride(), bundle.window().limit()));
    line(out, "memory", memory(MemoryBudget.of(bundle)));
    line(out, "seal", bundle.seal().map(InspectVerb::seal).orElse("none; 'winnow seal' makes one"));
    bundle.seal().ifPresent(seal -> line(out, "files", SealReport.files(seal)));
    line(out, "invariance", SealReport.invariance(bundle));
    line(out, "fingerprint", bundle.fingerprint());
    for (Head head : bundle.heads()) {
      line(out, "head", head.name() + ", " + head.task().code());
      line(out, "", labels(head));
    }
  }

  private static String memory(MemoryBudget budget) {
    return "%s outside the heap, %s for each subtask, %s for each process"
        .formatted(
            mebibytes(budget.bytes(0)),
            mebibytes(budget.subtask()),
            mebibytes(MemoryBudget.PROCESS));
  }

  private static String mebibytes(long bytes) {
    return String.format(Locale.ROOT, "%.1f MiB", bytes / (double) (1 << 20));
  }

  private static String seal(Seal seal) {
    return "%s, tolerance %s".formatted(seal.machine(), seal.tolerance());
  }

  private static String labels(Head head) {
    String shown = String.join(", ", head.labels().stream().limit(LABELS_SHOWN).toList());
    int more = head.labels().size() - LABELS_SHOWN;
    return "%d labels: %s%s"
        .formatted(head.labels().size(), shown, more > 0 ? ", and " + more + " more" : "");
  }

  private static void line(PrintWriter out, String name, Object value) {
    out.printf("  %-13s %s%n", name, value);
  }

  private static ObjectNode json(ModelBundle bundle) throws IOException {
    ObjectNode node = new ObjectMapper().createObjectNode();
    node.put("name", bundle.name());
    node.put("version", bundle.version());
    node.put("model", bundle.graphFile().toString());
    node.put("bytes", bundle.graphBytes());
    node.put("quantization", bundle.graph().quantization());
    bundle.graph().inputs().stream().map(TensorInfo::name).forEach(node.putArray("inputs")::add);
    bundle.graph().outputs().stream().map(TensorInfo::name).forEach(node.putArray("outputs")::add);
    ObjectNode window = node.putObject("window");
    window.put("tokens", bundle.window().tokens());
    window.put("stride", bundle.window().stride());
    window.put("limit", bundle.window().limit());
    MemoryBudget budget = MemoryBudget.of(bundle);
    ObjectNode memory = node.putObject("memory");
    memory.put("weightsBytes", budget.weights());
    memory.put("tokenizerBytes", budget.tokenizer());
    memory.put("subtaskBytes", budget.subtask());
    memory.put("processBytes", MemoryBudget.PROCESS);
    SealReport.write(bundle, node);
    node.put("fingerprint", bundle.fingerprint());
    var heads = node.putArray("heads");
    for (Head head : bundle.heads()) {
      ObjectNode entry = heads.addObject();
      entry.put("name", head.name());
      entry.put("task", head.task().code());
      entry.put("output", head.output());
      head.labels().forEach(entry.putArray("labels")::add);
    }
    return node;
  }
}
