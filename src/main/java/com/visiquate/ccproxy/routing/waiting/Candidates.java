package com.visiquate.ccproxy.routing.waiting;

import com.visiquate.ccproxy.routing.cache.CachedPrompt;
import com.visiquate.ccproxy.routing.cache.Chain;
import com.visiquate.ccproxy.routing.request.OpenExchange;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The waiting requests of one model and class, indexed by what can make one of them the best for a
 * slot: it continues what is cached there, it shares a role with it, or it would be the best
 * anywhere. A free slot so looks at a few of them, however many wait. Strangers, which have no
 * other backend to wait for, are indexed apart as well: those that do not want the slot hide none
 * of them.
 */
public final class Candidates {
  private static final SortedSet<OpenExchange> NONE = Collections.emptySortedSet();
  private static final int ALIKE = 2;
  private static final int ANY = 5;

  private final Map<Long, SortedSet<OpenExchange>> turns = new HashMap<>();
  private final Map<Long, SortedSet<OpenExchange>> roles = new HashMap<>();
  private final BestOfEachClient everybody = new BestOfEachClient();
  private final BestOfEachClient strangers = new BestOfEachClient();

  void add(OpenExchange exchange) {
    put(turns, exchange.chain().end(), exchange);
    if (exchange.chain().continued() != 0) {
      put(turns, exchange.chain().continued(), exchange);
    }
    put(roles, exchange.chain().role(), exchange);
    everybody.add(exchange);
    if (exchange.isStranger()) {
      strangers.add(exchange);
    }
  }

  void remove(OpenExchange exchange) {
    take(turns, exchange.chain().end(), exchange);
    take(turns, exchange.chain().continued(), exchange);
    take(roles, exchange.chain().role(), exchange);
    everybody.remove(exchange);
    if (exchange.isStranger()) {
      strangers.remove(exchange);
    }
  }

  public boolean isEmpty() {
    return everybody.isEmpty();
  }

  /** Whether the next turn of a conversation waits, or its last one once more. */
  boolean awaits(long turn) {
    return turns.containsKey(turn);
  }

  /** The next turns of a conversation, and its last one once more. */
  Collection<OpenExchange> of(long turn) {
    return turns.getOrDefault(turn, NONE);
  }

  /** A prompt of this role that waits. */
  Optional<Chain> ofRole(long role) {
    return Optional.ofNullable(roles.get(role)).map(exchanges -> exchanges.first().chain());
  }

  /** Those that may be the best for a slot where this is cached. */
  public Set<OpenExchange> candidates(
      Collection<CachedPrompt> cachedPrompts, Predicate<OpenExchange> eligible) {
    Set<OpenExchange> found = new LinkedHashSet<>();
    Set<Long> seen = new LinkedHashSet<>();
    for (CachedPrompt cached : cachedPrompts) {
      gather(turns.get(cached.turn()), ALIKE, eligible, found);
      if (seen.add(cached.chain().role())) {
        gather(roles.get(cached.chain().role()), ALIKE, eligible, found);
      }
    }
    everybody.gather(ANY, eligible, found);
    return found;
  }

  /** Those that may be the best for a slot that one of the candidates did not take. */
  public Set<OpenExchange> strangers(Predicate<OpenExchange> eligible) {
    Set<OpenExchange> found = new LinkedHashSet<>();
    strangers.gather(ANY, eligible, found);
    return found;
  }

  /** Adds the first few that are eligible. */
  private static void gather(
      @Nullable Set<OpenExchange> from,
      int most,
      Predicate<OpenExchange> eligible,
      Set<OpenExchange> found) {
    int count = 0;
    for (OpenExchange exchange : from == null ? Set.<OpenExchange>of() : from) {
      if (eligible.test(exchange)) {
        found.add(exchange);
        count++;
      }
      if (count == most) {
        return;
      }
    }
  }

  private static <K> void put(Map<K, SortedSet<OpenExchange>> index, K key, OpenExchange exchange) {
    index.computeIfAbsent(key, missing -> new TreeSet<>(BestOfEachClient.RANK)).add(exchange);
  }

  private static <K> void take(
      Map<K, SortedSet<OpenExchange>> index, K key, OpenExchange exchange) {
    index.computeIfPresent(
        key,
        (same, exchanges) -> {
          exchanges.remove(exchange);
          return exchanges.isEmpty() ? null : exchanges;
        });
  }
}
