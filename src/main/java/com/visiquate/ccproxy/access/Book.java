package com.visiquate.ccproxy.access;

import com.visiquate.ccproxy.bus.AccessMessage.Claims;
import com.visiquate.ccproxy.bus.AccessMessage.Heard;
import com.visiquate.ccproxy.bus.AccessMessage.KeyUse;
import com.visiquate.ccproxy.bus.AccessMessage.Owed;
import com.visiquate.ccproxy.bus.AccessMessage.Verdict;
import com.visiquate.ccproxy.bus.Membership.Member;
import com.visiquate.ccproxy.fleet.AccessKey;
import com.visiquate.ccproxy.fleet.ExchangeId;
import com.visiquate.ccproxy.fleet.Quota;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Who wants to begin on this node, who has begun, and what they have spent: the truth that any
 * turnstile of all can be told again. The time is that of a steady clock.
 */
final class Book {
  /** What was spent before can only matter as a debt, which is told by what is owed. */
  static final Duration HORIZON = Duration.ofMinutes(3);

  /** How often it says what is open, and asks again for those who may not begin yet. */
  static final Duration BEAT = Duration.ofMillis(300);

  /** How often it says that nothing is open. */
  static final Duration RARELY = Duration.ofSeconds(1);

  private final Map<String, Quota> quotas = new HashMap<>();
  private final Map<String, SpendLog> logs = new HashMap<>();
  private final Map<ExchangeId, String> wanted = new LinkedHashMap<>();
  private final Map<ExchangeId, String> entered = new HashMap<>();
  private List<Owed> owed = List.of();
  private Instant owedAt = Instant.EPOCH;
  private @Nullable Member leader;
  private @Nullable Member self;
  private Instant told = Instant.EPOCH;
  private long number;
  private long answered;
  private long life;
  private long since;
  private boolean news;

  /** Takes the keys over. */
  void follow(List<AccessKey> keys) {
    Map<String, Quota> before = Map.copyOf(quotas);
    quotas.clear();
    keys.forEach(key -> quotas.put(key.name(), key.quota()));
    quotas.forEach(
        (name, quota) -> {
          if (!quota.equals(before.getOrDefault(name, quota))) {
            owed = owed.stream().filter(one -> !one.key().equals(name)).toList();
            log(name).boundBy(quota);
          }
        });
  }

  boolean isLimited(String key) {
    return !quotas.getOrDefault(key, Quota.UNLIMITED).isUnlimited();
  }

  /** A new leader is told everything, and what another one still says counts no more. */
  void follow(Member node, Member leads) {
    self = node;
    if (!leads.equals(leader)) {
      leader = leads;
      answered = number;
      life = 0;
      since = 0;
      news = true;
    }
  }

  void want(ExchangeId exchange, String key) {
    wanted.put(exchange, key);
    news = true;
  }

  /** An exchange has ended; harmless for one that has not asked. */
  void exit(ExchangeId exchange, long tokens, Instant now) {
    String key = entered.remove(exchange);
    if (key != null) {
      log(key).spend(0, tokens, now, number + 1);
    }
    news |= wanted.remove(exchange) != null || key != null;
  }

  /** What the turnstile is to be told now, if anything. */
  Optional<Claims> due(Instant now) {
    Member from = self;
    if (from == null || !isDue(Duration.between(told, now))) {
      return Optional.empty();
    }
    logs.values().forEach(log -> log.forget(now));
    number++;
    told = now;
    news = false;
    return Optional.of(
        new Claims(from, number, life, since, uses(now), since == 0 ? owed(now) : List.of()));
  }

  /** One at a time, so that many who come together are one; but one that is lost is no reason. */
  private boolean isDue(Duration gone) {
    boolean heard = answered >= number;
    return (news && heard) || gone.compareTo(isIdle() && heard ? RARELY : BEAT) >= 0;
  }

  private boolean isIdle() {
    return wanted.isEmpty()
        && entered.isEmpty()
        && life != 0
        && logs.values().stream().noneMatch(log -> log.hasNews(since));
  }

  private List<KeyUse> uses(Instant now) {
    Map<String, List<ExchangeId>> wanting = new LinkedHashMap<>();
    wanted.forEach((id, key) -> wanting.computeIfAbsent(key, first -> new ArrayList<>()).add(id));
    Map<String, Integer> running = new HashMap<>();
    entered.values().forEach(key -> running.merge(key, 1, Integer::sum));
    wanting.keySet().forEach(this::log);
    List<KeyUse> uses = new ArrayList<>();
    logs.forEach(
        (key, log) -> {
          List<ExchangeId> ids = wanting.getOrDefault(key, List.of());
          int open = running.getOrDefault(key, 0);
          if (!ids.isEmpty() || open > 0 || log.hasNews(since)) {
            uses.add(log.told(ids, open, since, now));
          }
        });
    return uses;
  }

  private List<Owed> owed(Instant now) {
    Duration age = Duration.between(owedAt, now);
    return owed.stream()
        .map(one -> new Owed(one.key(), one.age().plus(age), one.requests(), one.tokens()))
        .toList();
  }

  /** The turnstile has answered: whom it has judged. */
  List<Verdict> heard(Heard heard, Instant now) {
    if (heard.number() <= answered) {
      return List.of();
    }
    answered = heard.number();
    if (heard.life() != life) {
      life = heard.life();
      since = 0;
      news |= heard.heard() == 0;
    }
    since = Math.max(since, heard.heard());
    List<Owed> missing = heard.owed();
    if (missing != null) {
      owed = missing;
      owedAt = now;
    }
    return heard.verdicts().stream().filter(verdict -> judged(verdict, now)).toList();
  }

  private boolean judged(Verdict verdict, Instant now) {
    String key = wanted.remove(verdict.exchange());
    if (key != null && verdict.objection() == null) {
      entered.put(verdict.exchange(), key);
      log(key).spend(1, 0, now, number + 1);
    }
    return key != null;
  }

  private SpendLog log(String key) {
    return logs.computeIfAbsent(
        key, name -> new SpendLog(name, quotas.getOrDefault(name, Quota.UNLIMITED)));
  }
}
