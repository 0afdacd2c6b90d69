package io.winnow.operators.flink;

import io.winnow.operators.config.ConfigurationException;
import io.winnow.operators.config.Secrets;
import io.winnow.operators.inference.NativeLibraries;
import io.winnow.operators.model.BundleReader;
import io.winnow.operators.model.HeadOptions;
import io.winnow.operators.model.ModelBundle;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Path;
import org.apache.flink.util.ExceptionUtils;
import org.jspecify.annotations.Nullable;

/**
 * The model of an enrichment: where it lies, and what it must be.
 *
 * @param location folder of the bundle: a path, or a URI that Flink's file systems read
 * @param maxBytes most that the files in the folder may hold together
 * @param fingerprint that of the model when its job started; null where any will do
 * @param secrets what messages about it must not show
 */
public record ModelReference(
    String location, long maxBytes, @Nullable String fingerprint, Secrets secrets)
    implements Serializable {
  /** Limit of a model where the pipeline file states none: what is larger is no small model. */
  public static final long DEFAULT_MAX_BYTES = 4L << 30;

  /** Returns a reference to whatever model lies there. */
  public static ModelReference of(String location) {
    return new ModelReference(location, DEFAULT_MAX_BYTES, null, Secrets.none());
  }

  /**
   * Brings the model to this machine and reads it, to be run: of weights in files of their own,
   * which ONNX Runtime maps into memory, it is a copy that nobody changes.
   *
   * @param temporary folder for copies; its owner deletes it when the process ends
   * @throws ConfigurationException with every problem of the model, or if it is another than the
   *     one the job was started with: half of a job's records would be answered by each
   */
  ModelBundle own(HeadOptions heads, Path temporary) throws ConfigurationException, IOException {
    NativeLibraries.begin(); // they take as long as the files
    ModelBundle bundle = read(heads, temporary);
    if (!bundle.graph().externalFiles().isEmpty()) {
      Path copy = BundleFolder.own(location, temporary, maxBytes);
      bundle = BundleReader.read(copy, heads);
    }
    if (fingerprint != null && !fingerprint.equals(bundle.fingerprint())) {
      throw new ConfigurationException(
          "Expected the model at %s as it was when the job was started (fingerprint %s), found another one (%s); put the former one back and the job goes on, or cancel the job and start it anew with this one"
              .formatted(location, fingerprint, bundle.fingerprint()));
    }
    return bundle;
  }

  /**
   * Brings the model to this machine and reads it, to be looked at.
   *
   * @throws ConfigurationException with every problem of the model
   */
  public ModelBundle read(HeadOptions heads, Path temporary)
      throws ConfigurationException, IOException {
    return BundleReader.read(BundleFolder.local(location, temporary, maxBytes), heads);
  }

  /** Returns a failure as a log and Flink's web UI may show it, with all its causes. */
  Exception shown(Exception failure) {
    String trace = ExceptionUtils.stringifyException(failure);
    return secrets.hide(trace).equals(trace)
        ? failure
        : new ConfigurationException(secrets.hide(String.valueOf(failure.getMessage())));
  }
}
