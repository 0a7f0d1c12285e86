package com.visiquate.ccproxy.access;

import com.visiquate.ccproxy.bus.AccessMessage.Claims;
import com.visiquate.ccproxy.bus.AccessMessage.KeyUse;
import com.visiquate.ccproxy.bus.AccessMessage.Mark;
import com.visiquate.ccproxy.fleet.ExchangeId;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** What the turnstile of all knows of one node, by its last claims. */
final class Branch {
  /** Whoever has not been heard for so long has nothing open any more. */
  static final Duration SILENCE = Duration.ofSeconds(3);

  private final Map<String, Usage> usages = new HashMap<>();
  private Instant at = Instant.EPOCH;
  private long number;
  private boolean whole;
  private boolean silent;
  private Instant owedAt = Instant.EPOCH;

  /** What it makes of one key. */
  private static final class Usage {
    /** Let in, though it has not said yet that it knows. */
    private final Set<ExchangeId> granted = new HashSet<>();

    private int entered;
    private long requests;
    private long tokens;

    /** Counted when it fell silent, though it has never told of them. */
    private long assumed;

    private void read(KeyUse use) {
      granted.retainAll(Set.copyOf(use.wanted()));
      entered = use.entered();
    }

    private void count(KeyUse use, CommonAccount account, Instant now) {
      requests = Math.max(requests, use.requests());
      tokens = Math.max(tokens, use.tokens());
      for (Mark mark : use.marks()) {
        long begun = Math.max(0, mark.requests() - requests);
        long known = Math.min(begun, assumed);
        assumed -= known;
        account.spend(now.minus(mark.age()), begun - known, Math.max(0, mark.tokens() - tokens));
        requests = Math.max(requests, mark.requests());
        tokens = Math.max(tokens, mark.tokens());
      }
      assumed = 0;
    }

    private void clear() {
      granted.clear();
      entered = 0;
    }
  }

  /** Whether these claims say anything that is newer than what it has said before. */
  boolean isNews(Claims claims) {
    return claims.number() > number;
  }

  /**
   * Takes all over.
   *
   * @param life of the turnstile
   */
  void read(Claims claims, long life, Function<KeyUse, CommonAccount> accounts, Instant now) {
    number = claims.number();
    at = now;
    silent = false;
    // What is told to another turnstile leaves out what that one knew.
    whole = claims.life() == life || claims.since() == 0;
    Set<String> named = new HashSet<>();
    for (KeyUse use : claims.keys()) {
      named.add(use.key());
      CommonAccount account = accounts.apply(use);
      Usage usage = usages.computeIfAbsent(use.key(), key -> new Usage());
      usage.read(use);
      if (whole) {
        usage.count(use, account, now);
      }
    }
    usages.forEach(
        (key, usage) -> {
          if (!named.contains(key)) {
            usage.clear();
          }
        });
  }

  /** Up to this number all that it has spent is known; 0 when not even what it spent before is. */
  long heard() {
    return whole ? number : 0;
  }

  /** Whether all that it has spent is known. */
  boolean isWhole() {
    return whole;
  }

  /** Whether it is to be told again what is owed, which is as often as it may matter. */
  boolean wantsToKnow(Instant now) {
    boolean due = !now.isBefore(owedAt.plus(Book.BEAT));
    if (due) {
      owedAt = now;
    }
    return due;
  }

  /** It counts as dead once it is silent for too long; what it was allowed counts as spent. */
  void listen(Function<String, CommonAccount> accounts, Instant now) {
    if (!silent && now.isAfter(at.plus(SILENCE))) {
      silent = true;
      usages.forEach(
          (key, usage) -> {
            int granted = usage.granted.size();
            accounts.apply(key).spend(now, granted, 0);
            usage.assumed += granted;
            usage.clear();
          });
    }
  }

  /** Whether nothing that it could tell would be told twice. */
  boolean isForgotten(Instant now) {
    return now.isAfter(at.plus(Book.HORIZON));
  }

  void grant(String key, ExchangeId exchange) {
    usages.computeIfAbsent(key, first -> new Usage()).granted.add(exchange);
  }

  boolean isGranted(String key, ExchangeId exchange) {
    Usage usage = usages.get(key);
    return usage != null && usage.granted.contains(exchange);
  }

  int granted(String key) {
    Usage usage = usages.get(key);
    return usage == null ? 0 : usage.granted.size();
  }

  int running(String key) {
    Usage usage = usages.get(key);
    return usage == null ? 0 : usage.granted.size() + usage.entered;
  }
}
