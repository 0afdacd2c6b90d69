package io.winnow.jobs.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.junit.jupiter.api.Test;

class KafkaSettingsTest {
  private static final ConfigEntry BYTES = new ConfigEntry("max.message.bytes", "2000");

  @Test
  void everySettingIsRead() {
    assertThat(
            limits(
                BYTES,
                new ConfigEntry("message.timestamp.before.max.ms", "30"),
                new ConfigEntry("message.timestamp.after.max.ms", "40")))
        .isEqualTo(new TopicLimits(2_000, 30, 40));
  }

  @Test
  void oneThatIsMissingDoesNotLoseTheOthers() {
    assertThat(limits(BYTES, new ConfigEntry("message.timestamp.after.max.ms", null)))
        .isEqualTo(new TopicLimits(2_000, Long.MAX_VALUE, 3_600_000));
    assertThat(limits(new ConfigEntry("message.timestamp.before.max.ms", "30")))
        .isEqualTo(new TopicLimits(1_048_588, 30, 3_600_000));
  }

  @Test
  void anOldBrokersLimitOfTimestampsHoldsToBothSides() {
    assertThat(limits(BYTES, new ConfigEntry("message.timestamp.difference.max.ms", "50")))
        .isEqualTo(new TopicLimits(2_000, 50, 50));
  }

  @Test
  void whoMaySeeNothingGetsTheDefaults() {
    assertThat(limits()).isEqualTo(TopicLimits.DEFAULT);
  }

  private static TopicLimits limits(ConfigEntry... entries) {
    return KafkaSettings.limits(new Config(Arrays.asList(entries)));
  }
}
