package io.winnow.jobs.replay;

import io.winnow.operators.config.ConfigurationException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/** Ids of replays: the time of the start, and a few letters for those of other machines. */
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
