package io.winnow.jobs.display;

import static org.assertj.core.api.Assertions.assertThat;

import io.winnow.jobs.GermanLocale;
import io.winnow.jobs.plan.Capacity;
import io.winnow.jobs.plan.Demand;
import io.winnow.jobs.plan.Plan;
import io.winnow.jobs.plan.TextSample;
import io.winnow.jobs.plan.TokenHistogram;
import io.winnow.jobs.replay.PartitionRange;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

class PlanPrinterTest {

  @Test
  @ExtendWith(GermanLocale.class)
  void numbersAreWrittenInTheSameWayInEachLocale() {
    TokenHistogram tokens = new TokenHistogram();
    tokens.add(15);
    tokens.add(16);
    Demand.Backfill backfill =
        new Demand.Backfill(List.of(new PartitionRange(0, 0, 1_000_000)), 2_000);
    Demand demand = new Demand(0.005, 0, 0.3, 4, 96L << 20, 1_234.0, backfill);
    StringWriter out = new StringWriter();

    new PlanPrinter(new PrintWriter(out, true), Palette.PLAIN)
        .print(
            new Plan(
                "support",
                new TextSample("topic in", 1_000_000, 2, List.of("a", "b")),
                tokens,
                new Capacity(2, 30, 400, 6_200, 0),
                demand));

    assertThat(out.toString())
        .contains("topic in: looked at 2 of 1,000,000 records")
        .contains("Tokens a text: mean 15.5, median 15, ")
        .contains("Measured for 30 s on 2 cores of this machine:")
        .contains("a core          200 events/s through the models")
        .contains("with 0.29 ms for each beside the models")
        .contains("For 1,234 events/s, with 30.0 % of the capacity left free:")
        .contains("time            1.5 h with 1 subtask")
        .contains("1,999 more would have nothing to do");
  }
}
