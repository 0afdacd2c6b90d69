package io.winnow.operators.flink;

import static org.assertj.core.api.Assertions.assertThat;

import io.winnow.operators.inference.SharedModels;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Makes the operators of a test, which share a task manager and leave no model in it. */
final class OperatorExtension implements AfterEachCallback {
  private final MetricsProbe metrics = new MetricsProbe();

  /** Returns the metrics of the operator that was made last. */
  MetricsProbe metrics() {
    return metrics;
  }

  OperatorHarness opened(TestOptions options) throws Exception {
    OperatorHarness harness = unopened(options);
    try {
      harness.open();
      return harness;
    } catch (Exception e) {
      harness.close();
      throw e;
    }
  }

  OperatorHarness unopened(TestOptions options) throws Exception {
    return unopened(new SlmOperatorFactory(options.build(), OperatorHarness.REJECTED));
  }

  OperatorHarness unopened(SlmOperatorFactory factory) throws Exception {
    return new OperatorHarness(factory, metrics);
  }

  @Override
  public void afterEach(ExtensionContext context) {
    assertThat(SharedModels.ofProcess().size()).isZero();
  }
}
