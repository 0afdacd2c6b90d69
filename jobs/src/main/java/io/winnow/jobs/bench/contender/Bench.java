package io.winnow.jobs.bench.contender;

import io.winnow.jobs.bench.BenchResults;
import io.winnow.jobs.bench.ContenderKind;
import io.winnow.jobs.bench.WorkloadKind;
import io.winnow.jobs.bench.WorkloadResults;
import io.winnow.jobs.bench.djl.DjlEngine;
import io.winnow.jobs.bench.text.Workload;
import io.winnow.jobs.bench.text.Workloads;
import io.winnow.jobs.evaluation.ModelIdentity;
import io.winnow.operators.config.ConfigurationException;
import io.winnow.operators.inference.InferenceException;
import io.winnow.operators.inference.InferenceSession;
import io.winnow.operators.inference.LoadedModel;
import io.winnow.operators.model.BundleReader;
import io.winnow.operators.model.HeadOptions;
import io.winnow.operators.model.ModelBundle;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Measures a model on this machine: all contenders in turn, round by round. */
public final class Bench {
  private final BenchPlan plan;
  private final Runnable eachStep;

  /**
   * Prepares a run.
   *
   * @param eachStep told of progress, {@link BenchPlan#steps} times
   */
  public Bench(BenchPlan plan, Runnable eachStep) {
    this.plan = plan;
    this.eachStep = eachStep;
  }

  /**
   * Runs it.
   *
   * @throws ConfigurationException with every problem of the bundle or of the user's own texts
   */
  public BenchResults run() throws Exception {
    ModelBundle bundle = BundleReader.read(plan.bundle(), HeadOptions.NONE);
    if (plan.contenders().contains(ContenderKind.OPERATOR_SORTED)) {
      Contenders.SORTED.require(bundle);
    }
    if (plan.contenders().contains(ContenderKind.DJL)
        || plan.contenders().contains(ContenderKind.DJL_ONE_THREAD)) {
      DjlEngine.start(bundle);
    }
    try (LoadedModel model = opened(bundle);
        Contenders contenders = new Contenders(plan, bundle, model)) {
      List<WorkloadResults> results = new ArrayList<>();
      for (Workload workload : workloads(new Workloads(bundle, model))) {
        results.add(new WorkloadRun(plan, contenders::of, workload, eachStep).run());
      }
      return new BenchResults(
          new ModelIdentity(bundle.name(), bundle.version(), bundle.fingerprint()),
          InferenceSession.machine(),
          plan.cores(),
          plan.rounds(),
          results);
    }
  }

  private static LoadedModel opened(ModelBundle bundle) throws ConfigurationException {
    try {
      return LoadedModel.open(bundle);
    } catch (IOException | InferenceException e) { // files of the bundle that are broken
      throw new ConfigurationException(String.valueOf(e.getMessage()));
    }
  }

  /** All are made before the first is run, so that a mistake in a file is told at once. */
  private List<Workload> workloads(Workloads maker) throws ConfigurationException {
    List<Workload> workloads = new ArrayList<>();
    for (WorkloadKind kind : WorkloadKind.values()) {
      if (plan.workloads().contains(kind)) {
        workloads.add(
            kind == WorkloadKind.OWN ? maker.own(plan.own().orElseThrow()) : maker.made(kind));
      }
    }
    return workloads;
  }
}
