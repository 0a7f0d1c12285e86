package com.visiquate.ccproxy.http.reply;

import com.visiquate.ccproxy.dialect.Family;
import java.util.List;

/**
 * The spellings of one endpoint. People write base URLs with {@code /v1} and without, and clients
 * add it or not, so that it may also come twice.
 */
public final class Paths {
  public static final List<String> PREFIXES = List.of("/v1", "", "/v1/v1");
  private static final String VERSION = "/v1";

  private Paths() {}

  /**
   * Every path that means this endpoint, the usual one first.
   *
   * @param endpoint such as {@code /messages}
   */
  public static List<String> spellings(String endpoint) {
    return PREFIXES.stream()
        .flatMap(prefix -> List.of(prefix + endpoint, prefix + endpoint + "/").stream())
        .toList();
  }

  /** A path without the doubled slashes of a base URL that ended in one. */
  public static String single(String path) {
    return path.contains("//") ? path.replaceAll("/{2,}", "/") : path;
  }

  /** Whose clients ask for such a path. */
  static Family family(String path) {
    String endpoint = bare(single(path));
    if (isWithin(endpoint, "/messages") || isWithin(endpoint, "/api/event_logging")) {
      return Family.ANTHROPIC;
    }
    return isWithin(endpoint, "/api") ? Family.OLLAMA : Family.OPENAI_CHAT;
  }

  private static String bare(String path) {
    String rest = path;
    while (rest.startsWith(VERSION + "/")) {
      rest = rest.substring(VERSION.length());
    }
    return rest;
  }

  private static boolean isWithin(String path, String folder) {
    return path.startsWith(folder)
        && (path.length() == folder.length() || path.charAt(folder.length()) == '/');
  }
}
