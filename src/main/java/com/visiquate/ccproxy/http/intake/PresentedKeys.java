package com.visiquate.ccproxy.http.intake;

import com.visiquate.ccproxy.fleet.AccessKey;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The keys that one request brings, in whatever header its family puts them, as digests. */
record PresentedKeys(List<byte[]> digests) {
  private static final String BEARER = "bearer ";

  PresentedKeys {
    digests = List.copyOf(digests);
  }

  static PresentedKeys of(ClientIdentity.HeaderLookup header) {
    return new PresentedKeys(
        Stream.of(
                bearer(header.value("authorization")),
                plain(header.value("x-api-key")),
                plain(header.value("api-key")),
                plain(header.value("x-litellm-api-key")))
            .filter(key -> !key.isEmpty())
            .distinct()
            .map(PresentedKeys::digest)
            .toList());
  }

  boolean isEmpty() {
    return digests.isEmpty();
  }

  /**
   * The first known key among them. Every known key is compared to its end, so that the time it
   * takes tells nothing about any of them.
   */
  @Nullable AccessKey find(List<AccessKey> known) {
    AccessKey found = null;
    for (AccessKey key : known) {
      byte[] wanted = HexFormat.of().parseHex(key.digest());
      for (byte[] digest : digests) {
        boolean same = MessageDigest.isEqual(wanted, digest);
        found = same && found == null ? key : found;
      }
    }
    return found;
  }

  private static String bearer(@Nullable String header) {
    String text = text(header);
    return text.regionMatches(true, 0, BEARER, 0, BEARER.length())
        ? text.substring(BEARER.length()).strip()
        : "";
  }

  /** Some write the scheme in front of it everywhere. */
  private static String plain(@Nullable String header) {
    String scheme = bearer(header);
    return scheme.isEmpty() ? text(header) : scheme;
  }

  private static String text(@Nullable String header) {
    return header == null ? "" : header.strip();
  }

  /** What is kept of a secret, in place of it. */
  static String hex(String secret) {
    return HexFormat.of().formatHex(digest(secret));
  }

  private static byte[] digest(String key) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException everyJdkHasIt) {
      throw new IllegalStateException(everyJdkHasIt);
    }
  }
}
