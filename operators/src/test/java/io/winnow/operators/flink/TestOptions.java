package io.winnow.operators.flink;

import io.winnow.operators.flink.crash.CrashOptions;
import io.winnow.operators.model.Bundles;
import io.winnow.operators.model.HeadOptions;
import io.winnow.operators.seal.GoldenPolicy;
import java.nio.file.Path;

/** Options of an operator under test, the enrichment {@code support}: those that a test sets. */
final class TestOptions {
  private final ModelReference model;
  private HeadOptions heads = HeadOptions.NONE;
  private GoldenPolicy goldenRecords = GoldenPolicy.FAIL;
  private Batching batching = Batching.EXACT;
  private int maxCharacters = 100_000;
  private long answerCacheBytes;
  private CrashOptions crashes = CrashOptions.NEVER;

  private TestOptions(ModelReference model) {
    this.model = model;
  }

  static TestOptions of(ModelReference model) {
    return new TestOptions(model);
  }

  static TestOptions of(Path model) {
    return of(ModelReference.of(model.toString()));
  }

  /** Takes a bundle of the tests by its name. */
  static TestOptions of(String bundle) {
    return of(Bundles.folder(bundle));
  }

  TestOptions heads(HeadOptions heads) {
    this.heads = heads;
    return this;
  }

  TestOptions goldenRecords(GoldenPolicy goldenRecords) {
    this.goldenRecords = goldenRecords;
    return this;
  }

  TestOptions batching(Batching batching) {
    this.batching = batching;
    return this;
  }

  TestOptions maxCharacters(int maxCharacters) {
    this.maxCharacters = maxCharacters;
    return this;
  }

  TestOptions answerCacheBytes(long answerCacheBytes) {
    this.answerCacheBytes = answerCacheBytes;
    return this;
  }

  TestOptions crashes(CrashOptions crashes) {
    this.crashes = crashes;
    return this;
  }

  SlmOptions build() {
    return new SlmOptions(
        "support", model, heads, goldenRecords, batching, maxCharacters, answerCacheBytes, crashes);
  }
}
