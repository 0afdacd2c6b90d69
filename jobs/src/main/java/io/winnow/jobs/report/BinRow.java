package io.winnow.jobs.report;

import io.winnow.jobs.display.Figures;
import io.winnow.jobs.evaluation.Calibration;
import java.util.ArrayList;
import java.util.List;

/** Answers of about the same score, in words. */
record BinRow(String range, String count, String score, String right) {

  static List<BinRow> of(Calibration calibration) {
    List<BinRow> rows = new ArrayList<>();
    for (int i = 0; i < calibration.bins().size(); i++) {
      Calibration.Bin bin = calibration.bins().get(i);
      if (bin.count() > 0) {
        rows.add(
            new BinRow(
                range(i),
                Figures.count(bin.count()),
                Figures.percent(bin.score()),
                Figures.percent(bin.right())));
      }
    }
    return rows;
  }

  private static String range(int bin) {
    double width = 1.0 / Calibration.BINS;
    return "%s to %s".formatted(Figures.percent(bin * width), Figures.percent((bin + 1) * width));
  }
}
