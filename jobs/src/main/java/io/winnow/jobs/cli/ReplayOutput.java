package io.winnow.jobs.cli;

import io.winnow.jobs.ClusterAddress;
import io.winnow.jobs.display.Palette;
import io.winnow.jobs.display.ReplayPrinter;
import io.winnow.jobs.replay.ClusterJob;
import io.winnow.jobs.replay.ReplayFolder;
import io.winnow.jobs.replay.ReplayPlan;
import io.winnow.jobs.replay.ReplayProgress;
import io.winnow.jobs.report.ReplayReport;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.util.Optional;
import picocli.CommandLine.Help.Ansi;

/** What a replay prints at its end. */
record ReplayOutput(PrintWriter out, boolean json) {

  /** Shows what a replay did, or where it goes on without this process. */
  void show(ReplayFolder folder, Optional<ReplayProgress> end) throws IOException {
    if (end.isEmpty()) {
      show(folder.plan(), folder.cluster().orElseThrow());
    } else if (json) {
      out.println(ReplayReport.progress(folder.plan(), end.get()));
    } else {
      printer().print(folder.plan(), end.get());
    }
  }

  private void show(ReplayPlan plan, ClusterJob job) {
    URI ui = ClusterAddress.parse(job.cluster()).ui(job.id());
    if (json) {
      out.println(ReplayReport.job(plan, job, ui));
    } else {
      printer().print(plan.id(), job, ui);
    }
  }

  private ReplayPrinter printer() {
    return new ReplayPrinter(out, Palette.of(Ansi.AUTO));
  }
}
