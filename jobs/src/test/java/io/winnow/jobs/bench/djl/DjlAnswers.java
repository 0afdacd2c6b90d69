package io.winnow.jobs.bench.djl;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.winnow.jobs.bench.Query;
import io.winnow.operators.model.BundleReader;
import io.winnow.operators.model.HeadOptions;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.file.Path;
import org.apache.flink.api.common.functions.DefaultOpenContext;

/** Answers the lines of standard input in a process of its own, in which DJL is the first. */
final class DjlAnswers {
  private DjlAnswers() {}

  /**
   * Prints the labels of each line.
   *
   * @param arguments folder of the model, whether a run has one thread
   */
  public static void main(String[] arguments) throws Exception {
    Path folder = Path.of(arguments[0]);
    DjlEngine.start(BundleReader.read(folder, HeadOptions.NONE));
    DjlFunction function =
        Boolean.parseBoolean(arguments[1])
            ? DjlFunction.withOneThread(folder)
            : DjlFunction.asIntroduced(folder);
    function.open(DefaultOpenContext.INSTANCE);
    PrintStream out = new PrintStream(System.out, true, UTF_8);
    try (BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, UTF_8))) {
      int index = 0;
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        out.println(function.map(new Query(index++, line)).labels());
      }
    }
    function.close();
  }
}
