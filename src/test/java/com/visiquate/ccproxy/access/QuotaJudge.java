package com.visiquate.ccproxy.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.visiquate.ccproxy.access.QuotaWorld.Node;
import com.visiquate.ccproxy.access.QuotaWorld.Request;
import com.visiquate.ccproxy.bus.AccessMessage.Claims;
import com.visiquate.ccproxy.fleet.AccessKey;
import com.visiquate.ccproxy.fleet.Quota;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Knows everything at once, and holds each decision of a turnstile against one perfect one. */
final class QuotaJudge {
  /** What was spent so soon before a death may have been known by the dead alone. */
  private static final long UNDER_WAY = 5_000;

  /** So late what the dead have said may still come, and does not know what was spent since. */
  private static final long LAST_WORDS = 300;

  /** So late a turnstile of nodes that hear each other learns what was used. */
  private static final long UNHEARD = 3_000;

  /** So late a turnstile may learn that something has ended. */
  private static final long LATE = 6_000;

  private static final long SILENCE = Branch.SILENCE.toMillis();

  private final String world;
  private final boolean whole;
  private final Set<Request> waiting = new HashSet<>();
  private final Set<Request> granted = new HashSet<>();
  private final Set<Request> begins = new HashSet<>();
  private final Map<Node, Set<Request>> open = new HashMap<>();
  private final List<Spent> spent = new ArrayList<>();
  private final Map<Long, Knowledge> lives = new HashMap<>();
  private final Map<String, Integer> begun = new HashMap<>();

  /** When what was let in ended or died, once for each. */
  private final List<Long> gone = new ArrayList<>();

  private long changed;
  private long leaderDied;

  /** What a node was when it spoke. */
  record Snapshot(Set<Request> open, int spent) {}

  private record Told(long at, long number, Snapshot said) {}

  private static final class Spent {
    private final int number;
    private final long at;
    private final Request request;
    private final int begun;
    private final int tokens;
    private boolean excused;

    Spent(int number, long at, Request request, int begun, int tokens) {
      this.number = number;
      this.at = at;
      this.request = request;
      this.begun = begun;
      this.tokens = tokens;
    }
  }

  /** What one turnstile has been told, and whom it has let in. */
  private static final class Knowledge {
    private final Map<Node, Told> told = new HashMap<>();
    private final Set<Node> whole = new HashSet<>();
    private final Set<Request> granted = new HashSet<>();
    private final Set<Request> lost = new HashSet<>();
  }

  /**
   * None is told anything yet.
   *
   * @param whole whether nobody is ever cut off, so that all that is open is known
   */
  QuotaJudge(String world, boolean whole) {
    this.world = world;
    this.whole = whole;
  }

  void changes(long time) {
    changed = time;
  }

  void asks(Request request) {
    waiting.add(request);
  }

  boolean waits(Request request) {
    return waiting.contains(request);
  }

  Snapshot snapshot(Node node) {
    return new Snapshot(Set.copyOf(open(node)), spent.size());
  }

  private Set<Request> open(Node node) {
    return open.computeIfAbsent(node, first -> new HashSet<>());
  }

  void told(long life, Node from, Claims claims, Snapshot said, long time) {
    Knowledge known = lives.computeIfAbsent(life, first -> new Knowledge());
    Told before = known.told.get(from);
    if (before == null || claims.number() > before.number()) {
      if (before != null && time - before.at() > SILENCE) {
        forgets(known, from);
      }
      if (claims.since() == 0 || claims.life() == life) {
        known.whole.add(from);
      }
      known.told.put(from, new Told(time, claims.number(), said));
    }
  }

  /** Those that it has let in may or may not begin: it counts one for each, and any for it. */
  private void forgets(Knowledge known, Node from) {
    known.granted.stream()
        .filter(one -> one.node == from && !begins.contains(one))
        .forEach(known.lost::add);
    known.granted.removeAll(known.lost);
  }

  void decided(long life, Request request, boolean yes, long time) {
    Knowledge known = lives.computeIfAbsent(life, first -> new Knowledge());
    if (waiting.contains(request) && yes && !known.granted.contains(request)) {
      letIn(known, request, time);
      known.granted.add(request);
      granted.add(request);
    } else if (waiting.contains(request) && !yes) {
      bars(request, time);
    } else if (yes && !begins.contains(request)) {
      // Its node has died since it asked; that is noticed as if it had lived until now.
      gone.add(time);
    }
  }

  private void letIn(Knowledge known, Request request, long time) {
    Quota quota = quota(request.key);
    if (quota.concurrency() > 0) {
      long running =
          open.values().stream()
                  .flatMap(Set::stream)
                  .filter(one -> sees(known, one, request.key, time))
                  .count()
              + waiting.stream()
                  .filter(
                      one ->
                          one.key.equals(request.key)
                              && known.granted.contains(one)
                              && hears(known, one.node, time))
                  .count();
      assertThat(running).as("%s: known to run at %d", world, time).isLessThan(quota.concurrency());
    } else {
      long lost = known.lost.stream().filter(one -> one.key.equals(request.key)).count();
      assertThat(
              level(
                  quota,
                  time,
                  false,
                  one -> one.request.key.equals(request.key) && knows(known, one)))
          .as("%s: left at %d of %s, as far as it is known", world, time, request.key)
          .isGreaterThanOrEqualTo(1 - lost - 1e-6);
      if (whole) {
        assertThat(
                level(
                    quota,
                    time,
                    false,
                    one ->
                        one.request.key.equals(request.key)
                            && !one.excused
                            && (one.begun > 0 || one.at < time - UNHEARD)))
            .as("%s: left at %d of %s", world, time, request.key)
            .isGreaterThanOrEqualTo(1 - 1e-6);
      }
    }
  }

  private boolean sees(Knowledge known, Request one, String key, long time) {
    Told told = known.told.get(one.node);
    return one.key.equals(key)
        && told != null
        && hears(known, one.node, time)
        && (known.granted.contains(one) || told.said().open().contains(one));
  }

  private static boolean hears(Knowledge known, Node node, long time) {
    Told told = known.told.get(node);
    return told != null && time - told.at() <= SILENCE;
  }

  private boolean knows(Knowledge known, Spent one) {
    Told told = known.told.get(one.request.node);
    boolean whole = known.whole.contains(one.request.node);
    return (told != null && whole && one.number < told.said().spent())
        || (one.begun > 0 && known.granted.contains(one.request));
  }

  /** Who is barred would really have been too many, or had been a moment before. */
  private void bars(Request request, long time) {
    Quota quota = quota(request.key);
    if (quota.concurrency() > 0) {
      gone.removeIf(end -> end < time - LATE);
      assertThat(running(request.key) + letIn(request.key) + gone.size())
          .as("%s: taken at %d or a moment before", world, time)
          .isGreaterThanOrEqualTo(quota.concurrency());
    } else if (whole) {
      double most = quota.requests() > 0 ? quota.requests() : quota.tokens();
      assertThat(level(quota, time, true, one -> one.request.key.equals(request.key)))
          .as("%s: left at %d of %s, but barred", world, time, request.key)
          .isLessThan(
              1 + most * LATE / 60_000 + (quota.requests() > 0 ? 6 + letIn(request.key) : 0));
    }
  }

  void answered(Request request, boolean yes, long time) {
    waiting.remove(request);
    if (yes) {
      open(request.node).add(request);
      begins.add(request);
      begun.merge(request.key, 1, Integer::sum);
      spend(time, request, 1, 0);
      long running = running(request.key);
      int most = quota(request.key).concurrency();
      assertThat(!whole || most == 0 || running <= most)
          .as("%s: %d run at %d with %s", world, running, time, request.key)
          .isTrue();
    }
  }

  void ended(Request request, int tokens, long time) {
    waiting.remove(request);
    if (request.key.equals("at-once") && granted.contains(request)) {
      gone.add(time);
    }
    if (open(request.node).remove(request)) {
      spend(time, request, 0, tokens);
    }
  }

  private void spend(long time, Request request, int requests, int tokens) {
    Spent one = new Spent(spent.size(), time, request, requests, tokens);
    one.excused = time <= leaderDied + LAST_WORDS;
    spent.add(one);
  }

  void gaveUp(Request request, long time) {
    assertThat(changed)
        .as("%s: %s waited in vain until %d", world, request.id, time)
        .isGreaterThan(request.since - LATE);
  }

  /**
   * A node has died.
   *
   * @param alone whether nobody lives who could have been told what it knew
   */
  void died(Node node, boolean led, boolean alone, long time) {
    Stream.concat(open(node).stream(), waiting.stream().filter(one -> one.node == node))
        .filter(one -> one.key.equals("at-once") && granted.contains(one))
        .forEach(one -> gone.add(time));
    open.remove(node);
    waiting.removeIf(one -> one.node == node);
    leaderDied = led ? time : leaderDied;
    spent.stream()
        .filter(one -> (alone || one.at >= time - UNDER_WAY) && (led || one.request.node == node))
        .forEach(one -> one.excused = true);
  }

  /** Those who do not know yet that they may begin. */
  private long letIn(String key) {
    return waiting.stream().filter(one -> one.key.equals(key) && granted.contains(one)).count();
  }

  private long running(String key) {
    return open.values().stream().flatMap(Set::stream).filter(one -> one.key.equals(key)).count();
  }

  int begun(String key) {
    return begun.getOrDefault(key, 0);
  }

  /** That of one turnstile that has heard of all these at once. */
  private double level(Quota quota, long time, boolean twice, Predicate<Spent> counts) {
    boolean ofRequests = quota.requests() > 0;
    double most = ofRequests ? quota.requests() : quota.tokens();
    Bucket bucket = new Bucket(most, Instant.EPOCH);
    for (Spent one : spent) {
      int amount = ofRequests ? one.begun : one.tokens;
      if (twice && one.excused) {
        amount *= 2;
      }
      if (amount > 0 && counts.test(one)) {
        bucket.take(amount, Instant.ofEpochMilli(one.at));
      }
    }
    Duration full = bucket.until(most, Instant.ofEpochMilli(time));
    return most - full.toNanos() / 60e9 * most;
  }

  private static Quota quota(String key) {
    return QuotaWorld.KEYS.stream()
        .filter(one -> one.name().equals(key))
        .map(AccessKey::quota)
        .findFirst()
        .orElseThrow();
  }
}
