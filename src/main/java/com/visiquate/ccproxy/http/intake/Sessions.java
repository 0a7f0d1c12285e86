package com.visiquate.ccproxy.http.intake;

import com.visiquate.ccproxy.fleet.AccessKey;
import io.vertx.core.Vertx;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.shareddata.Shareable;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The browsers of operators, which have shown a key once and bring a cookie since. Nothing of a key
 * and no cookie is kept, only a digest of each; all ingresses of a process know the same ones.
 */
public final class Sessions {
  public static final String COOKIE = "ccproxy_session";
  public static final Duration LONGEST = Duration.ofHours(12);

  /** More operators than any house has; whoever comes then takes the place of the oldest. */
  static final int MOST = 1_000;

  private static final SecureRandom RANDOM = new SecureRandom();
  private final Map<String, Session> known;
  private final InstantSource clock;

  public Sessions(Vertx vertx, InstantSource clock) {
    this(vertx.sharedData().<String, Session>getLocalMap("ccproxy.sessions"), clock);
  }

  Sessions(Map<String, Session> known, InstantSource clock) {
    this.known = known;
    this.clock = clock;
  }

  /** Which key was shown, as it was then: another key of the same name is somebody else. */
  record Session(String key, String digest, Instant until) implements Shareable {}

  /** Begins one; says what its cookie must hold. */
  public String open(AccessKey key) {
    Instant now = clock.instant();
    makeRoom(now);
    byte[] secret = new byte[32];
    RANDOM.nextBytes(secret);
    String cookie = HexFormat.of().formatHex(secret);
    known.put(PresentedKeys.hex(cookie), new Session(key.name(), key.digest(), now.plus(LONGEST)));
    return cookie;
  }

  /** Ends that of a browser, if it has one. */
  public void close(HttpServerRequest request) {
    String brought = brought(request);
    if (brought != null) {
      known.remove(brought);
    }
  }

  /**
   * The key that a browser has shown; null when it has not, or that key does not count any more.
   */
  @Nullable AccessKey key(HttpServerRequest request, List<AccessKey> keys) {
    String brought = brought(request);
    return brought == null ? null : key(brought, keys);
  }

  @Nullable AccessKey key(String brought, List<AccessKey> keys) {
    Session session = known.get(brought);
    if (session == null || !session.until().isAfter(clock.instant())) {
      return null;
    }
    return keys.stream()
        .filter(key -> key.name().equals(session.key()) && key.digest().equals(session.digest()))
        .findFirst()
        .orElse(null);
  }

  private void makeRoom(Instant now) {
    known.values().removeIf(session -> !session.until().isAfter(now));
    if (known.size() >= MOST) {
      known.entrySet().stream()
          .min(Comparator.comparing(entry -> entry.getValue().until()))
          .ifPresent(oldest -> known.remove(oldest.getKey()));
    }
  }

  private static @Nullable String brought(HttpServerRequest request) {
    Cookie cookie = request.getCookie(COOKIE);
    return cookie == null ? null : PresentedKeys.hex(cookie.getValue());
  }
}
