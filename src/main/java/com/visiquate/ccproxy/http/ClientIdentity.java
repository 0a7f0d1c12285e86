package com.visiquate.ccproxy.http;

import com.visiquate.ccproxy.fleet.AccessKey;
import com.visiquate.ccproxy.fleet.ClientId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * Who asks: an explicit header, else the agent or session of Claude Code, else an id in the body,
 * else the API key (a digest of it, never the key), else the address.
 */
final class ClientIdentity {
  private static final int LONGEST = 128;
  private static final String DIGEST = "key-";
  private static final int DIGEST_BYTES = 6;

  private ClientIdentity() {}

  /**
   * @param header looks a request header up; gives null when it is absent
   * @param hint an id in the body, when there is one
   */
  static ClientId of(HeaderLookup header, @Nullable String hint, String address) {
    String named =
        firstOf(header, "x-ccproxy-client", "x-claude-code-agent-id", "x-claude-code-session-id");
    String known = named != null ? named : clean(hint);
    return new ClientId(known != null ? known : keyOrAddress(header, address));
  }

  /**
   * A client that has come in with a key. Its identity begins with the key's name, so that nobody
   * passes for a client of another key; many agents may share one key and stay apart.
   */
  static ClientId within(AccessKey key, ClientId client) {
    boolean isAnonymous = client.value().startsWith(DIGEST);
    return new ClientId(isAnonymous ? key.name() : key.name() + "/" + client.value());
  }

  /** One request's headers. */
  @FunctionalInterface
  interface HeaderLookup {
    @Nullable String value(String name);
  }

  private static @Nullable String firstOf(HeaderLookup header, String... names) {
    for (String name : names) {
      String value = clean(header.value(name));
      if (value != null) {
        return value;
      }
    }
    return null;
  }

  private static String keyOrAddress(HeaderLookup header, String address) {
    String bearer = header.value("authorization");
    String key = bearer != null ? bearer : header.value("x-api-key");
    return key == null || key.isBlank() ? address : DIGEST + digest(key);
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
  private static @Nullable String clean(@Nullable String value) {
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
