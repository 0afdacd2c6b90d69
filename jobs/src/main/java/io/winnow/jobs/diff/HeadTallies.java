package io.winnow.jobs.diff;

import io.winnow.jobs.format.EnrichedRecord;
import io.winnow.operators.text.TextField;
import io.winnow.schemas.Embedding;
import io.winnow.schemas.Enrichment;
import io.winnow.schemas.Extraction;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Compares the answers of all heads, record by record. Heads match by their names. */
final class HeadTallies implements PositionJoin.Pairs {
  private final Map<HeadName, HeadTally> heads = new TreeMap<>();
  private final Map<HeadName, Unmatched> unmatched = new TreeMap<>();
  private @Nullable String source;
  private long joined;

  @Override
  public void add(EnrichedRecord a, EnrichedRecord b, List<TextField> texts) {
    joined++;
    this.source = a.source().topic();
    Map<HeadName, Enrichment> ofA = byName(a);
    Map<HeadName, Enrichment> ofB = byName(b);
    FieldStarts fields = fields(texts, a, b);
    String text = FieldStarts.text(texts);
    String place = a.source().words();
    ofA.forEach(
        (name, enrichment) -> {
          Enrichment other = ofB.remove(name);
          if (other == null) {
            count(new Unmatched(name, 1, 0, 0));
          } else if (!isCompared(name, enrichment, other)) {
            count(new Unmatched(name, 0, 0, 1));
          } else {
            head(name, enrichment).add(place, text, fields, enrichment, other);
          }
        });
    ofB.keySet().forEach(name -> count(new Unmatched(name, 0, 1, 0)));
  }

  /** Of two of the same name the first one counts. */
  private static Map<HeadName, Enrichment> byName(EnrichedRecord record) {
    Map<HeadName, Enrichment> byName = new LinkedHashMap<>();
    for (Enrichment enrichment : record.enrichments()) {
      byName.putIfAbsent(HeadName.of(enrichment), enrichment);
    }
    return byName;
  }

  private static FieldStarts fields(List<TextField> texts, EnrichedRecord a, EnrichedRecord b) {
    FieldStarts fields = new FieldStarts(texts);
    for (EnrichedRecord record : List.of(a, b)) {
      for (Enrichment enrichment : record.enrichments()) {
        if (enrichment.getResult() instanceof Extraction extraction) {
          fields.addFieldsOf(extraction);
        }
      }
    }
    return fields;
  }

  private boolean isCompared(HeadName name, Enrichment a, Enrichment b) {
    return !(a.getResult() instanceof Embedding) && head(name, a).takes(a, b);
  }

  private HeadTally head(HeadName name, Enrichment first) {
    return heads.computeIfAbsent(
        name, added -> new HeadTally(name, first.getResult() instanceof Extraction));
  }

  private void count(Unmatched one) {
    unmatched.merge(
        one.name(),
        one,
        (x, y) ->
            new Unmatched(
                x.name(),
                x.onlyInA() + y.onlyInA(),
                x.onlyInB() + y.onlyInB(),
                x.unlike() + y.unlike()));
  }

  TopicDiff finish(SideCounts a, SideCounts b) {
    List<HeadDiff> diffs = new ArrayList<>();
    for (HeadTally head : heads.values()) {
      if (head.texts() > 0) {
        diffs.add(head.finish(String.valueOf(source)));
      }
    }
    return new TopicDiff(a, b, joined, diffs, List.copyOf(unmatched.values()));
  }
}
