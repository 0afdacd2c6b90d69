package io.winnow.jobs;

import java.util.Locale;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Runs a test as on a machine whose language writes 1,234.5 as 1.234,5. */
public final class GermanLocale implements BeforeEachCallback, AfterEachCallback {
  private final Locale before = Locale.getDefault();

  @Override
  public void beforeEach(ExtensionContext context) {
    Locale.setDefault(Locale.GERMANY);
  }

  @Override
  public void afterEach(ExtensionContext context) {
    Locale.setDefault(before);
  }
}
