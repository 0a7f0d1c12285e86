package com.visiquate.ccproxy.launch;

import com.visiquate.ccproxy.config.ServerSettings;
import java.util.Locale;
import java.util.Optional;

/**
 * Why a server could not listen where it should, and the cure. Only the system's own words tell
 * that: the JDK has one exception for all of it.
 */
final class Binding {
  private Binding() {}

  /** Whether somebody else listens there. */
  static boolean isTaken(Throwable cause) {
    return says(cause, "address already in use");
  }

  /** What to tell the operator; empty when it is about something else. */
  static Optional<String> problem(Throwable cause, ServerSettings server) {
    if (isTaken(cause)) {
      return Optional.of(
          "port %1$d of %2$s is taken. Find who holds it with: lsof -i :%1$d  or take another one with --port or server.port"
              .formatted(server.port(), server.host()));
    }
    if (says(cause, "assign requested address")) {
      return Optional.of(
          "%s is no address of this machine; choose another one with --host or server.host"
              .formatted(server.host()));
    }
    if (says(cause, "permission denied")) {
      return Optional.of(
          "this user may not listen on port %d; choose one from 1024 with --port or server.port"
              .formatted(server.port()));
    }
    return Optional.empty();
  }

  private static boolean says(Throwable cause, String words) {
    return String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT).contains(words);
  }
}
