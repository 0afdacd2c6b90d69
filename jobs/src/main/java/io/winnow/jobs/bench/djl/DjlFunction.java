package io.winnow.jobs.bench.djl;

import ai.djl.inference.Predictor;
import ai.djl.repository.zoo.Criteria;
import ai.djl.repository.zoo.ZooModel;
import ai.djl.translate.TranslateException;
import io.winnow.jobs.bench.Answer;
import io.winnow.jobs.bench.Query;
import io.winnow.operators.model.BundleReader;
import io.winnow.operators.model.HeadOptions;
import io.winnow.operators.model.ModelBundle;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichMapFunction;

/** Answers each text by a DJL predictor, which each subtask loads for itself. */
@SuppressWarnings("NullAway.Init") // the runtime fields live from open to close
public final class DjlFunction extends RichMapFunction<Query, Answer> {
  private static final long serialVersionUID = 1L;
  private static final String SUFFIX = ".onnx";

  private final String folder;
  private final Map<String, String> options;

  private transient ZooModel<String, String> model;
  private transient Predictor<String, String> predictor;

  private DjlFunction(String folder, Map<String, String> options) {
    this.folder = folder;
    this.options = options;
  }

  /** Returns a function without any options: a run takes a thread for each core of the machine. */
  public static DjlFunction asIntroduced(Path folder) {
    return new DjlFunction(folder.toString(), Map.of());
  }

  /** Returns a function with one thread for each run. */
  public static DjlFunction withOneThread(Path folder) {
    return new DjlFunction(
        folder.toString(), Map.of("interOpNumThreads", "1", "intraOpNumThreads", "1"));
  }

  @Override
  public void open(OpenContext context) throws Exception {
    ModelBundle bundle = BundleReader.read(Path.of(folder), HeadOptions.NONE);
    Path graph = bundle.graphFile();
    String file = Objects.requireNonNull(graph.getFileName()).toString();
    Criteria.Builder<String, String> criteria =
        Criteria.builder()
            .setTypes(String.class, String.class)
            .optEngine(DjlEngine.NAME)
            .optModelPath(graph.toAbsolutePath().getParent())
            .optModelName(file.substring(0, file.length() - SUFFIX.length()))
            .optTranslator(new LabelTranslator(bundle));
    options.forEach(criteria::optOption);
    this.model = criteria.build().loadModel();
    this.predictor = model.newPredictor();
  }

  @Override
  public Answer map(Query query) throws TranslateException {
    return new Answer(query.index(), predictor.predict(query.text()));
  }

  @Override
  public void close() {
    if (predictor != null) {
      predictor.close();
    }
    if (model != null) {
      model.close();
    }
  }
}
