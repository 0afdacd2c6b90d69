package io.winnow.operators.inference;

import io.winnow.operators.model.MemoryBudget;
import io.winnow.operators.model.ModelBundle;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * The loaded models of this process: each is loaded once, shared by all subtasks, and released when
 * the last of them lets go.
 *
 * <p>Thread-safe.
 */
public final class SharedModels {
  private static final SharedModels PROCESS = new SharedModels();

  private final Map<String, Entry> entries = new HashMap<>();

  /** Returns the models of this process (of this class loader, to be exact). */
  public static SharedModels ofProcess() {
    return PROCESS;
  }

  /**
   * Returns a share in the model of a bundle, loading it if nobody has it. Bundles with the same
   * content share one model wherever they lie.
   */
  public synchronized Lease acquire(ModelBundle bundle) throws IOException, InferenceException {
    return acquire(bundle, MemoryBudget.of(bundle));
  }

  /**
   * Returns a share in the model of a bundle, as {@link #acquire(ModelBundle)} does.
   *
   * @param budget what this use of it needs
   */
  public synchronized Lease acquire(ModelBundle bundle, MemoryBudget budget)
      throws IOException, InferenceException {
    Entry entry = entries.get(bundle.contentDigest());
    if (entry == null) {
      entry = new Entry(open(bundle), budget);
      entries.put(bundle.contentDigest(), entry);
    } else if (budget.subtask() > entry.budget.subtask()) {
      entry.budget = budget;
    }
    entry.leases++;
    return new Lease(bundle.contentDigest(), entry);
  }

  private static LoadedModel open(ModelBundle bundle) throws IOException, InferenceException {
    LoadedModel model = LoadedModel.open(bundle);
    try {
      bundle.requireUnchanged();
      return model;
    } catch (IOException e) {
      model.close();
      throw e;
    }
  }

  /** Returns the number of models that are loaded. */
  public synchronized int size() {
    return entries.size();
  }

  /**
   * Returns the native memory that all loaded models need together, in bytes.
   *
   * @param subtasks threads that run each of them at once
   */
  public synchronized long memoryBudget(int subtasks) {
    long models = entries.values().stream().mapToLong(e -> e.budget.bytes(subtasks)).sum();
    return MemoryBudget.PROCESS + models;
  }

  private synchronized void release(String digest, Entry entry) {
    entry.leases--;
    if (entry.leases == 0) {
      entries.remove(digest);
      entry.model.close();
    }
  }

  private static final class Entry {
    private final LoadedModel model;
    private MemoryBudget budget; // of the use that needs most
    private final Set<Object> done = new HashSet<>();
    private final Map<Class<?>, Object> companions = new ConcurrentHashMap<>();
    private int leases;

    private Entry(LoadedModel model, MemoryBudget budget) {
      this.model = model;
      this.budget = budget;
    }
  }

  /** Something to do with a loaded model. */
  @FunctionalInterface
  public interface Work<E extends Exception> {
    void on(LoadedModel model) throws E;
  }

  /** A share in a model, to be closed once; closing it again does nothing. */
  public final class Lease implements AutoCloseable {
    private final String digest;
    private final Entry entry;
    private boolean closed;

    private Lease(String digest, Entry entry) {
      this.digest = digest;
      this.entry = entry;
    }

    public LoadedModel model() {
      return entry.model;
    }

    /**
     * Does something once while the model is loaded: for the first lease that asks, while others
     * that ask for it wait. What fails is not done.
     *
     * @param what tells it from other work on the same model
     */
    public <E extends Exception> void once(Object what, Work<E> work) throws E {
      synchronized (entry.done) {
        if (!entry.done.contains(what)) {
          work.on(entry.model);
          entry.done.add(what);
        }
      }
    }

    /**
     * Returns what all leases of the model share beside it, made by the first that asks; it goes
     * with the model.
     */
    public <T> T companion(Class<T> type, Supplier<T> maker) {
      return type.cast(entry.companions.computeIfAbsent(type, t -> maker.get()));
    }

    @Override
    public void close() {
      if (!closed) {
        closed = true;
        release(digest, entry);
      }
    }
  }
}
