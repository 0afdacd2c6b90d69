package io.winnow.jobs.format;

import static org.assertj.core.api.Assertions.assertThat;

import io.winnow.operators.flink.TextEvent;
import io.winnow.operators.text.TextField;
import java.io.IOException;
import java.util.List;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.java.typeutils.PojoTypeInfo;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * What flows between operators is serialized by Flink's POJO and Avro serializers, never by Kryo.
 */
final class StreamTypesTest {
  @Test
  void sourceRecordsTravelWithTheirNulls() throws IOException {
    SourceRecord record = new SourceRecord("t", 1, 2, -1, null, Records.HEADERS, null);

    SourceRecord travelled = travel(SourceRecord.class, record);

    assertThat(travelled).isEqualTo(record);
  }

  @Test
  void sourceRecordsTravelWithTheirBytes() throws IOException {
    SourceRecord travelled = travel(SourceRecord.class, Records.of("value"));

    assertThat(travelled.key()).isEqualTo(Records.bytes("k"));
    assertThat(travelled.value()).isEqualTo(Records.bytes("value"));
    assertThat(travelled.headers()).isEqualTo(Records.HEADERS);
  }

  @Test
  void textEventsTravel() throws IOException {
    TextEvent event =
        new TextEvent(
            Records.of("value").event(Records.bytes("value")), List.of(new TextField("", "value")));

    assertThat(travel(TextEvent.class, event)).isEqualTo(event);
  }

  @Test
  void outputRecordsTravel() throws IOException {
    OutputRecord record = OutputRecord.enriched("out", Enriched.event("a"), new byte[] {1});

    OutputRecord travelled = travel(OutputRecord.class, record);

    assertThat(travelled.key()).isEqualTo(record.key());
    assertThat(travelled.headers()).isEqualTo(record.headers());
    assertThat(travelled.value()).isEqualTo(record.value());
  }

  private static <T extends @Nullable Object> T travel(Class<T> type, T value) throws IOException {
    TypeInformation<T> information = TypeInformation.of(type);
    assertThat(information).isInstanceOf(PojoTypeInfo.class);

    SerializerConfigImpl withoutKryo = new SerializerConfigImpl();
    withoutKryo.setGenericTypes(false);
    TypeSerializer<T> serializer = information.createSerializer(withoutKryo);
    DataOutputSerializer out = new DataOutputSerializer(64);
    serializer.serialize(value, out);
    return serializer.copy(
        serializer.deserialize(new DataInputDeserializer(out.getCopyOfBuffer())));
  }
}
