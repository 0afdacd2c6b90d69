package io.winnow.jobs.diff;

import io.winnow.schemas.Enrichment;
import java.util.Comparator;

/** A head of an enrichment of a pipeline. */
public record HeadName(String enrichment, String head) implements Comparable<HeadName> {
  private static final Comparator<HeadName> ORDER =
      Comparator.comparing(HeadName::enrichment).thenComparing(HeadName::head);

  static HeadName of(Enrichment enrichment) {
    return new HeadName(enrichment.getName(), enrichment.getHead());
  }

  @Override
  public int compareTo(HeadName other) {
    return ORDER.compare(this, other);
  }

  /** Returns both names, as {@code support/intent}. */
  public String title() {
    return enrichment + "/" + head;
  }
}
