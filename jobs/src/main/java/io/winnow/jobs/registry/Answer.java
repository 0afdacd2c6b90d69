package io.winnow.jobs.registry;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * What a registry answers.
 *
 * @param status of HTTP
 * @param body missing where it is no JSON
 */
record Answer(int status, JsonNode body) {
  static final int OK = 200;
  static final int CONFLICT = 409;
  private static final int UNAUTHORIZED = 401;
  private static final int FORBIDDEN = 403;
  private static final int NOT_FOUND = 404;
  private static final int REQUEST_TIMEOUT = 408;
  private static final int TOO_MANY_REQUESTS = 429;
  private static final int SERVER_ERROR = 500;

  boolean isOk() {
    return status == OK && !body.isMissingNode();
  }

  boolean deniesAccess() {
    return status == UNAUTHORIZED || status == FORBIDDEN;
  }

  /**
   * Returns whether a schema, subject or version is not there. A proxy without a registry behind it
   * says 404, too, but not in the registry's words.
   */
  boolean isNotFound() {
    int code = body.path("error_code").asInt();
    return status == NOT_FOUND && code / 100 == NOT_FOUND && code != NOT_FOUND;
  }

  /** Returns whether the same request may be answered otherwise later. */
  boolean isTransient() {
    return status >= SERVER_ERROR
        || status == REQUEST_TIMEOUT
        || status == TOO_MANY_REQUESTS
        || (status == OK && body.isMissingNode())
        || (status == NOT_FOUND && !isNotFound());
  }

  /** Returns the registry's own words, or else the status. */
  String words() {
    String message = body.path("message").asText();
    return message.isBlank() ? "HTTP status " + status : "%d: %s".formatted(status, message);
  }
}
