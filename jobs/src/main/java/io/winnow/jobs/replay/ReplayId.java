package io.winnow.jobs.replay;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.winnow.operators.config.ConfigurationException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.UUID;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/**
 * Ids of replays: the time of the start, and a few letters for those of other machines; in
 * application mode what it is asked for.
 */
public final class ReplayId {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);
  private static final String LETTERS = "abcdefghjkmnpqrstuvwxyz23456789";
  private static final int RANDOM_LETTERS = 4;
  private static final Pattern ID = Pattern.compile("[0-9]{8}-[0-9]{6}-[a-z0-9]{4}");

  private ReplayId() {}

  public static String of(Instant now, RandomGenerator random) {
    StringBuilder id = new StringBuilder(TIME.format(now)).append('-');
    for (int i = 0; i < RANDOM_LETTERS; i++) {
      id.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
    }
    return id.toString();
  }

  /**
   * Returns the id of a replay that a Flink job of a fixed id is asked for: the same each time. It
   * is of no folder. Jobs of different clusters may have equal ids, so what is asked is part of it;
   * how the job does it is not, as that may change while it runs.
   */
  public static String ofJob(String job, String pipeline, ReplayOptions asked) {
    String words =
        String.join(
            "\n",
            job,
            pipeline,
            asked.from(),
            asked.to(),
            String.valueOf(asked.toTopic()),
            String.valueOf(asked.onlyStale()));
    UUID name = UUID.nameUUIDFromBytes(words.getBytes(UTF_8));
    return "job-%016x".formatted(name.getMostSignificantBits());
  }

  /**
   * Checks an id that a user wrote: it becomes part of a path.
   *
   * @param where it was written, for the message
   */
  static String checked(String where, String id) throws ConfigurationException {
    if (!isOne(id)) {
      throw new ConfigurationException(
          "%s: expected the id of a replay, such as 20260131-120000-k3f9, found '%s'; 'winnow replays' lists them"
              .formatted(where, id));
    }
    return id;
  }

  static boolean isOne(String text) {
    return ID.matcher(text).matches();
  }
}
