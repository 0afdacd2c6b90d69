package io.winnow.operators.model;

import java.io.IOException;

/** One entry of an external tensor's description: ONNX's StringStringEntryProto. */
record ExternalEntry(String key, String value) {
  static ExternalEntry read(ProtobufReader entry) throws IOException {
    String key = "";
    String value = "";
    while (entry.next()) {
      switch (entry.field()) {
        case 1 -> key = entry.string();
        case 2 -> value = entry.string();
        default -> {}
      }
    }
    return new ExternalEntry(key, value);
  }
}
