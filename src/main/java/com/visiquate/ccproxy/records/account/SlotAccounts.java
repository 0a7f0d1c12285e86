package com.visiquate.ccproxy.records.account;

import com.visiquate.ccproxy.bus.ExchangeEnded;
import com.visiquate.ccproxy.bus.RequestRecord;
import com.visiquate.ccproxy.bus.RequestRecord.SlotUse;
import com.visiquate.ccproxy.bus.RequestRecord.Slots;
import com.visiquate.ccproxy.bus.RequestRecord.Tokens;
import com.visiquate.ccproxy.bus.ScheduleEvent;
import com.visiquate.ccproxy.bus.ScheduleEvent.PrefixLost;
import com.visiquate.ccproxy.bus.ScheduleEvent.PromptCached;
import com.visiquate.ccproxy.bus.ScheduleEvent.SlotFreed;
import com.visiquate.ccproxy.fleet.ExchangeId;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Which slots each request held, and what of its prompt was cached. Its record is made when it
 * ends; what is told later, of a ghost or because its message travelled another way, is a revision
 * of it.
 */
public final class SlotAccounts {
  /** The longest that a ghost is waited for. */
  static final Duration MEMORY = Duration.ofHours(1);

  private static final int MOST = 10_000;

  private final String node;
  private final Pricing pricing;

  /** What is known of those that have not ended; the eldest first. */
  private final Map<String, Account> open = new LinkedHashMap<>();

  /** Those that have ended lately, in that order. */
  private final Map<String, Account> ended = new LinkedHashMap<>();

  public SlotAccounts(String node, Pricing pricing) {
    this.node = node;
    this.pricing = pricing;
  }

  private static final class Account {
    private final Set<SlotFreed> freed = new HashSet<>();
    private final Map<ExchangeId, PromptCached> cached = new HashMap<>();
    private @Nullable PrefixLost lost;
    private @Nullable RequestRecord record;
    private Instant since = Instant.MAX;

    private long cachedTokens() {
      return cached.values().stream().mapToLong(PromptCached::cached).sum();
    }

    private Slots slots() {
      Map<String, Long> micros = new TreeMap<>();
      for (SlotFreed one : freed) {
        micros.merge(one.backend().value(), one.held().toNanos() / 1_000, Long::sum);
      }
      return new Slots(
          micros.entrySet().stream()
              .filter(e -> e.getValue() > 0)
              .map(e -> new SlotUse(e.getKey(), e.getValue()))
              .toList());
    }
  }

  /** It has ended; empty when that has been said before. */
  public Optional<Entry> ended(ExchangeEnded end, Instant now) {
    forget(now);
    String id = end.exchange().value();
    if (ended.containsKey(id)) {
      return Optional.empty();
    }
    Account known = open.remove(id);
    Account account = known == null ? new Account() : known;
    RequestRecord first = Recording.of(end, node, account.lost);
    account.record = priced(first, 0, account);
    account.since = now;
    ended.put(id, account);
    return Optional.of(new Entry(account.record, null));
  }

  /** Something more is known of one; empty when that is nothing for its record yet. */
  public Optional<Entry> happened(ScheduleEvent event, Instant now) {
    forget(now);
    String id = whole(event.exchange());
    Account late = ended.get(id);
    Account account = late == null ? open.computeIfAbsent(id, none -> new Account()) : late;
    return switch (event) {
      case PrefixLost lost -> {
        account.lost = lost;
        yield Optional.empty();
      }
      case SlotFreed freed -> account.freed.add(freed) ? revised(account) : Optional.empty();
      case PromptCached cached ->
          cached.equals(account.cached.put(cached.exchange(), cached))
              ? Optional.empty()
              : revised(account);
    };
  }

  private Optional<Entry> revised(Account account) {
    RequestRecord before = account.record;
    if (before == null) {
      return Optional.empty();
    }
    account.record = priced(before, before.revision() + 1, account);
    return Optional.of(new Entry(account.record, before));
  }

  private RequestRecord priced(RequestRecord record, int revision, Account account) {
    Tokens tokens = record.tokens().withCached(account.cachedTokens());
    Slots slots = account.slots();
    RequestRecord held = record.counted(tokens).revised(revision, slots, record.price());
    return held.revised(revision, slots, pricing.of(held));
  }

  /** Parts of an exchange are named after it; its own id has no hyphen. */
  private static String whole(ExchangeId exchange) {
    String id = exchange.value();
    int hyphen = id.indexOf('-');
    return hyphen < 0 ? id : id.substring(0, hyphen);
  }

  private void forget(Instant now) {
    Instant oldest = now.minus(MEMORY);
    Iterator<Account> eldest = ended.values().iterator();
    while (eldest.hasNext() && (eldest.next().since.isBefore(oldest) || ended.size() > MOST)) {
      eldest.remove();
    }
    if (open.size() > MOST) {
      open.remove(open.keySet().iterator().next());
    }
  }
}
