package io.winnow.jobs.evaluation;

/**
 * How often one label stood where another one was expected.
 *
 * @param expected the label expected, or {@link #NOTHING}
 * @param found the label found, or {@link #NOTHING}
 */
public record Confusion(String expected, String found, long count) {
  /** Stands for no label at all. */
  public static final String NOTHING = "";

  public boolean isHit() {
    return expected.equals(found);
  }
}
