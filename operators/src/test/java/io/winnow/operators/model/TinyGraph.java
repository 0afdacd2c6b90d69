package io.winnow.operators.model;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Writes ONNX graphs so small that their logits are computed by hand. Field numbers are those of
 * onnx.proto.
 */
public final class TinyGraph {
  public static final int FLOAT = 1;
  public static final int INT32 = 6;
  public static final int INT64 = 7;

  private final Message graph = new Message().text(2, "tiny");

  /**
   * Starts a graph with the inputs {@code input_ids} and {@code attention_mask}, and their product
   * as {@code ids}, float [batch, tokens].
   */
  public static TinyGraph ofIds(int inputType) {
    return new TinyGraph()
        .input("input_ids", inputType, -1, -1)
        .input("attention_mask", inputType, -1, -1)
        .cast("input_ids", "float_ids")
        .cast("attention_mask", "float_mask")
        .node("Mul", List.of("float_ids", "float_mask"), "ids");
  }

  /** Adds {@code values} times the mean id of a text: float [batch, values]. */
  public TinyGraph textLogits(String output, float... values) {
    return node("ReduceMean", List.of("ids"), output + "_mean", axes(1))
        .weights(output + "_weights", values)
        .node("Mul", List.of(output + "_mean", output + "_weights"), output)
        .output(output, FLOAT, -1, values.length);
  }

  /** Adds {@code values} times each id of a text: float [batch, tokens, values]. */
  public TinyGraph tokenLogits(String output, String ids, float... values) {
    return node("Unsqueeze", List.of(ids), output + "_column", axes(2))
        .weights(output + "_weights", values)
        .node("Mul", List.of(output + "_column", output + "_weights"), output)
        .output(output, FLOAT, -1, -1, values.length);
  }

  public TinyGraph cast(String input, String output) {
    Message to = new Message().text(1, "to").number(3, FLOAT).number(20, 2);
    return node("Cast", List.of(input), output, to);
  }

  /** Adds a number to each value. */
  public TinyGraph plus(String input, float number, String output) {
    return weights(output + "_number", number)
        .node("Add", List.of(input, output + "_number"), output);
  }

  public TinyGraph node(String operator, List<String> inputs, String output) {
    return node(operator, inputs, output, new Message());
  }

  /** Adds an input; an axis of -1 is free. */
  public TinyGraph input(String name, int type, long... axes) {
    graph.message(11, tensor(name, type, axes));
    return this;
  }

  /** Adds an output; an axis of -1 is free. */
  public TinyGraph output(String name, int type, long... axes) {
    graph.message(12, tensor(name, type, axes));
    return this;
  }

  /** Adds weights that lie in another file, one float of them. */
  TinyGraph externalWeights(String name, String file, String length) {
    graph.message(5, external(name, file, length));
    return this;
  }

  /** Adds a node that no output needs, with an attribute of any kind. */
  TinyGraph unusedNode(Message attribute) {
    return node("Constant", List.of(), "unused", attribute);
  }

  /** Returns a tensor whose only float lies in another file. */
  static Message external(String name, String file, String length) {
    Message location = new Message().text(1, "location").text(2, file);
    Message size = new Message().text(1, "length").text(2, length);
    return new Message()
        .number(1, 1)
        .number(2, FLOAT)
        .text(8, name)
        .message(13, location)
        .message(13, size)
        .number(14, 1);
  }

  public void write(Path file) throws IOException {
    Files.write(file, bytes());
  }

  byte[] bytes() {
    Message operators = new Message().text(1, "").number(2, 11);
    return new Message().number(1, 6).message(7, graph).message(8, operators).bytes();
  }

  private TinyGraph node(String operator, List<String> inputs, String output, Message attribute) {
    Message node = new Message();
    inputs.forEach(input -> node.text(1, input));
    node.text(2, output).text(4, operator);
    if (attribute.bytes().length > 0) {
      node.message(5, attribute);
    }
    graph.message(1, node);
    return this;
  }

  private TinyGraph weights(String name, float... values) {
    ByteBuffer raw = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    raw.asFloatBuffer().put(values);
    graph.message(
        5,
        new Message()
            .number(1, values.length)
            .number(2, FLOAT)
            .text(8, name)
            .field(9, raw.array()));
    return this;
  }

  private static Message axes(int axis) {
    return new Message().text(1, "axes").number(8, axis).number(20, 7);
  }

  private static Message tensor(String name, int type, long... axes) {
    Message shape = new Message();
    for (long axis : axes) {
      Message dimension = new Message();
      shape.message(1, axis < 0 ? dimension.text(2, "free") : dimension.number(1, axis));
    }
    Message tensor = new Message().number(1, type).message(2, shape);
    return new Message().text(1, name).message(2, new Message().message(1, tensor));
  }

  /** A protobuf message. */
  static final class Message {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    Message number(int field, long value) {
      varint((long) field << 3);
      varint(value);
      return this;
    }

    Message text(int field, String value) {
      return field(field, value.getBytes(StandardCharsets.UTF_8));
    }

    Message message(int field, Message value) {
      return field(field, value.bytes());
    }

    Message field(int field, byte[] value) {
      varint(((long) field << 3) | 2);
      varint(value.length);
      bytes.writeBytes(value);
      return this;
    }

    byte[] bytes() {
      return bytes.toByteArray();
    }

    private void varint(long value) {
      long rest = value;
      while (rest >>> 7 != 0) {
        bytes.write((int) ((rest & 0x7f) | 0x80));
        rest >>>= 7;
      }
      bytes.write((int) rest);
    }
  }
}
