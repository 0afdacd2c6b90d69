package io.winnow.operators.flink;

import static org.assertj.core.api.Assertions.assertThat;

import io.winnow.operators.text.TextField;
import io.winnow.schemas.Classification;
import io.winnow.schemas.DeadLetter;
import io.winnow.schemas.EnrichedEvent;
import io.winnow.schemas.Enrichment;
import io.winnow.schemas.ScoredLabel;
import java.util.List;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextEventTest {

  @ParameterizedTest
  @ValueSource(classes = {TextEvent.class, DeadLetter.class})
  void streamNeedsNoGenericType(Class<?> type) {
    SerializerConfigImpl config = new SerializerConfigImpl();
    config.setGenericTypes(false);

    assertThat(TypeInformation.of(type).createSerializer(config)).isNotNull();
  }

  @Test
  void eventArrivesAsItWasSent() throws Exception {
    EnrichedEvent plain = Events.of(41, "Ann 😀").event();
    Enrichment enrichment =
        new Enrichment(
            "support",
            "intent",
            "text-classification",
            "model",
            "1",
            "abc",
            7,
            7,
            new Classification(List.of(new ScoredLabel("refund", 0.5f))));
    TextEvent event =
        new TextEvent(
            new EnrichedEvent(
                plain.getSource(),
                null,
                plain.getHeaders(),
                plain.getPayload(),
                List.of(enrichment)),
            List.of(new TextField("a.b", "Ann 😀"), new TextField("", "")));
    TypeSerializer<TextEvent> serializer =
        TypeInformation.of(TextEvent.class).createSerializer(new SerializerConfigImpl());

    DataOutputSerializer out = new DataOutputSerializer(64);
    serializer.serialize(event, out);

    assertThat(serializer.deserialize(new DataInputDeserializer(out.getCopyOfBuffer())))
        .isEqualTo(event);
    assertThat(serializer.copy(event)).isEqualTo(event);
  }
}
