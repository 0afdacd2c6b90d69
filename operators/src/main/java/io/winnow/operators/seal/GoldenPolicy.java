package io.winnow.operators.seal;

import io.winnow.operators.config.ConfigurationException;
import java.util.function.Consumer;

/** What becomes of a start where golden records are answered otherwise than when sealed. */
public enum GoldenPolicy {
  /** It fails. */
  FAIL {
    @Override
    public void apply(String mismatch, Consumer<String> warnings) throws ConfigurationException {
      throw new ConfigurationException(mismatch);
    }
  },
  /** It goes on, and says so. */
  WARN {
    @Override
    public void apply(String mismatch, Consumer<String> warnings) {
      warnings.accept(mismatch);
    }
  };

  public abstract void apply(String mismatch, Consumer<String> warnings)
      throws ConfigurationException;
}
