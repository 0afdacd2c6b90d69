package io.winnow.jobs.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.winnow.jobs.redrive.LetterGroup;
import io.winnow.jobs.redrive.LetterId;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** The dead letters of a reason as one JSON object on one line. */
public final class LetterReport {
  private LetterReport() {}

  public static String of(LetterGroup group) {
    ObjectNode node = new ObjectMapper().createObjectNode();
    node.put("stage", group.stage());
    node.put("reason", group.reason());
    node.put("count", group.count());
    node.put("redriven", group.redriven());
    node.put("firstTimestamp", group.firstTime().orElse(null));
    node.put("lastTimestamp", group.lastTime().orElse(null));
    ArrayNode examples = node.putArray("examples");
    for (LetterGroup.Example example : group.examples()) {
      add(examples.addObject(), example);
    }
    return node.toString();
  }

  private static void add(ObjectNode node, LetterGroup.Example example) {
    LetterId source = example.source();
    node.putObject("source")
        .put("topic", source.topic())
        .put("partition", source.partition())
        .put("offset", source.offset());
    if (source.replay() != null) {
      node.put("replay", source.replay());
    }
    node.put("attempts", example.attempts());
    node.put("message", example.message());
    ByteBuffer start = example.start();
    if (start != null) {
      node.put("payloadBytes", example.bytes());
      putStart(node, start);
    }
  }

  private static void putStart(ObjectNode node, ByteBuffer start) {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(start.duplicate()).toString();
      node.put("payloadStart", text).put("payloadEncoding", "utf-8");
    } catch (CharacterCodingException e) {
      byte[] bytes = new byte[start.remaining()];
      start.duplicate().get(bytes);
      node.put("payloadStart", Base64.getEncoder().encodeToString(bytes))
          .put("payloadEncoding", "base64");
    }
  }
}
