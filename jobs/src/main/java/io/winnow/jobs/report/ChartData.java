package io.winnow.jobs.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.winnow.jobs.bench.Result;
import io.winnow.jobs.evaluation.Calibration;
import java.util.List;

/** Data of a page's charts, by the ids of their places. */
final class ChartData {
  private final ObjectNode charts = new ObjectMapper().createObjectNode();

  /**
   * Adds a side to a reliability diagram.
   *
   * @param id of its place
   * @param side name of the side; empty where there is one
   */
  void addReliability(String id, String side, Calibration calibration) {
    ArrayNode sides = charts.withArray("/" + id);
    ObjectNode entry = sides.addObject();
    entry.put("name", side);
    ArrayNode bins = entry.putArray("bins");
    for (Calibration.Bin bin : calibration.bins()) {
      bins.addObject()
          .put("count", bin.count())
          .put("score", bin.score())
          .put("right", bin.right());
    }
  }

  /**
   * Adds bars of events a second.
   *
   * @param id of their place
   */
  void addRates(String id, List<Result> results) {
    ArrayNode bars = charts.withArray("/" + id);
    for (Result result : results) {
      bars.addObject()
          .put("name", result.contender().word())
          .put("median", result.eventsPerSecond())
          .put("least", result.leastEventsPerSecond())
          .put("most", result.mostEventsPerSecond());
    }
  }

  /** Returns the data as it may stand inside an element of HTML. */
  String json() {
    return charts.toString().replace("<", "\\u003c");
  }
}
