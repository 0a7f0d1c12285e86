package com.visiquate.ccproxy.http.intake;

import com.visiquate.ccproxy.fleet.AccessKey;
import com.visiquate.ccproxy.fleet.ClientId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who asks: an explicit header, else the agent, session or conversation that a header names, else
 * an id in the body, else the API key (a digest of it, never the key) or the address. Many agents
 * share a key, and all those of a proxy an address: beside these stands how their conversation
 * began.
 */
final class ClientIdentity {
  private static final int LONGEST = 128;
  private static final String DIGEST = "key-";
  private static final int DIGEST_BYTES = 6;

  /** In this order: an agent before the session that it shares with others. */
  private static final List<String> NAMES =
      List.of(
          "x-ccproxy-client",
          "x-claude-code-agent-id",
          "x-claude-code-session-id",
          "x-session-affinity",
          "x-session-id",
          "session-id",
          "session_id",
          "x-opencode-session",
          "x-conversation-id",
          "conversation-id",
          "conversation_id",
          "x-thread-id",
          "thread-id",
          "thread_id",
          "x-chat-id",
          "x-openwebui-chat-id",
          "x-task-id",
          "x-litellm-session-id",
          "x-grok-conv-id",
          "helicone-session-id");

  private static final List<String> KEYS = List.of("authorization", "x-api-key", "api-key");

  private ClientIdentity() {}

  /**
   * What says who asks.
   *
   * @param header looks a request header up; gives null when it is absent
   * @param hint an id in the body, when there is one
   * @param beginning how the conversation began; null when it is none
   * @param key the key that it came in with; null when none is needed
   */
  record Signs(
      HeaderLookup header,
      @Nullable String hint,
      @Nullable String beginning,
      String address,
      @Nullable AccessKey key) {}

  /**
   * Behind a key the identity begins with the key's name, so that nobody passes for a client of
   * another key.
   */
  static ClientId of(Signs signs) {
    String said = firstOf(signs.header(), NAMES);
    String named = said != null ? said : clean(signs.hint());
    AccessKey key = signs.key();
    if (named != null) {
      return new ClientId(key == null ? named : key.name() + "/" + named);
    }
    String shared = key == null ? keyOrAddress(signs.header(), signs.address()) : key.name();
    return ClientId.sharing(shared, signs.beginning());
  }

  /** One request's headers. */
  @FunctionalInterface
  interface HeaderLookup {
    @Nullable String value(String name);
  }

  static @Nullable String firstOf(HeaderLookup header, List<String> names) {
    for (String name : names) {
      String value = clean(header.value(name));
      if (value != null) {
        return value;
      }
    }
    return null;
  }

  private static String keyOrAddress(HeaderLookup header, String address) {
    for (String name : KEYS) {
      String key = header.value(name);
      if (key != null && !key.isBlank()) {
        return DIGEST + digest(key);
      }
    }
    return address;
  }

  private static String digest(String key) {
    try {
      byte[] sum =
          MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(sum, 0, DIGEST_BYTES);
    } catch (NoSuchAlgorithmException everyJdkHasIt) {
      throw new IllegalStateException(everyJdkHasIt);
    }
  }

  /** Bounded and printable, because it appears in logs. */
  static @Nullable String clean(@Nullable String value) {
    if (value == null || value.isBlank()) {
      return null;
    }
    String stripped = value.strip();
    StringBuilder printable =
        new StringBuilder(stripped.substring(0, Math.min(LONGEST, stripped.length())));
    for (int i = 0; i < printable.length(); i++) {
      char c = printable.charAt(i);
      if (c <= ' ' || c >= 0x7f) {
        printable.setCharAt(i, '_');
      }
    }
    return printable.toString();
  }
}
