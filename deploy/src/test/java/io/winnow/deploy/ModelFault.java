package io.winnow.deploy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.flink.util.FileUtils;

/** Something that happens to the folder of a sealed model, which is kept beside it meanwhile. */
enum ModelFault {
  /** By another one, which no seal speaks against. */
  REPLACED("as it was when the job was started (fingerprint ") {
    @Override
    void change(Path model) throws IOException {
      Path settings = model.resolve("winnow.yaml");
      Files.writeString(
          settings,
          Files.readString(settings)
              .replaceFirst("(?s)\nseal:.*", "\n")
              .replace("output: intent_logits", "output: intent_logits\n    min-score: 0.9"));
    }
  },
  DAMAGED("model_quantized.onnx with SHA-256 ") {
    @Override
    void change(Path model) throws IOException {
      Path graph = model.resolve("model_quantized.onnx");
      byte[] bytes = Files.readAllBytes(graph);
      bytes[bytes.length / 2] ^= 1; // of a weight, the last digit
      Files.write(graph, bytes);
    }
  },
  GONE("Expected a model folder at ") {
    @Override
    void change(Path model) throws IOException {
      FileUtils.deleteDirectory(model.toFile());
    }
  };

  private final String message;

  ModelFault(String message) {
    this.message = message;
  }

  /** Returns words of the failure of a job that cannot open the model. */
  String message() {
    return message;
  }

  void happen(Path model) throws IOException {
    Files.move(model, kept(model));
    Models.copy(kept(model), model);
    change(model);
  }

  abstract void change(Path model) throws IOException;

  static void repair(Path model) throws IOException {
    FileUtils.deleteDirectory(model.toFile());
    Files.move(kept(model), model);
  }

  private static Path kept(Path model) {
    return model.resolveSibling(model.getFileName() + "-kept");
  }
}
