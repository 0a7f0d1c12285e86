package com.visiquate.ccproxy.access;

import com.visiquate.ccproxy.bus.AccessMessage.Claims;
import com.visiquate.ccproxy.bus.AccessMessage.Heard;
import com.visiquate.ccproxy.bus.AccessMessage.KeyUse;
import com.visiquate.ccproxy.bus.AccessMessage.Owed;
import com.visiquate.ccproxy.bus.AccessMessage.Verdict;
import com.visiquate.ccproxy.bus.Membership.Member;
import com.visiquate.ccproxy.chat.Failure;
import com.visiquate.ccproxy.fleet.AccessKey;
import com.visiquate.ccproxy.fleet.ExchangeId;
import com.visiquate.ccproxy.fleet.Quota;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The turnstile of all nodes: knows of what is open and what was spent what they have told, and
 * lets nobody in before all have. The time is that of a steady clock.
 */
final class CommonTurnstile {
  /** As long as nodes may see different leaders after one has died; then it goes on without. */
  static final Duration PATIENCE = Duration.ofSeconds(3);

  private final long life;
  private final Instant opens;
  private final Map<String, Quota> quotas = new HashMap<>();
  private final Map<String, CommonAccount> accounts = new HashMap<>();
  private final Map<Member, Branch> branches = new HashMap<>();
  private Set<Member> members = Set.of();
  private boolean open;

  /**
   * One that knows nothing.
   *
   * @param life unlike that of any other, and not 0
   */
  CommonTurnstile(long life, Instant now) {
    this.life = life;
    this.opens = now.plus(PATIENCE);
  }

  /** Takes the keys over; what was used under another quota is forgotten. */
  void follow(List<AccessKey> keys) {
    quotas.clear();
    keys.forEach(key -> quotas.put(key.name(), key.quota()));
    quotas.forEach(
        (name, quota) ->
            accounts.computeIfPresent(
                name,
                (same, known) -> known.isBoundBy(quota) ? known : new CommonAccount(name, quota)));
  }

  /** These are there; it waits for what they have to tell. */
  void gather(Set<Member> present) {
    members = Set.copyOf(present);
  }

  /** A node tells what it has, and asks for those who may not begin yet. */
  Heard hear(Claims claims, Instant now) {
    listen(now);
    Branch branch = branches.computeIfAbsent(claims.from(), from -> new Branch());
    if (!branch.isNews(claims)) {
      return new Heard(life, claims.number(), branch.heard(), List.of(), null);
    }
    branch.read(claims, life, this::account, now);
    if (claims.since() == 0) {
      claims.owed().forEach(owed -> account(owed).atLeast(now.minus(owed.age()), owed));
    }
    boolean judges = isOpen(now) && branch.isWhole();
    List<Verdict> verdicts = judges ? judged(claims, branch, now) : List.of();
    List<Owed> owed = judges && branch.wantsToKnow(now) ? owed(now) : null;
    return new Heard(life, claims.number(), branch.heard(), verdicts, owed);
  }

  private void listen(Instant now) {
    branches.values().forEach(branch -> branch.listen(this::account, now));
    branches.values().removeIf(branch -> branch.isForgotten(now));
  }

  private boolean isOpen(Instant now) {
    open = open || !now.isBefore(opens) || haveAllTold();
    return open;
  }

  private boolean haveAllTold() {
    return !members.isEmpty()
        && members.stream().map(branches::get).allMatch(one -> one != null && one.isWhole());
  }

  private List<Verdict> judged(Claims claims, Branch branch, Instant now) {
    List<Verdict> verdicts = new ArrayList<>();
    for (KeyUse use : claims.keys()) {
      for (ExchangeId exchange : use.wanted()) {
        verdicts.add(new Verdict(exchange, objection(use.key(), exchange, branch, now)));
      }
    }
    return verdicts;
  }

  private @Nullable Failure objection(String key, ExchangeId exchange, Branch branch, Instant now) {
    if (branch.isGranted(key, exchange)) {
      return null;
    }
    int running = branches.values().stream().mapToInt(one -> one.running(key)).sum();
    Optional<Failure> objection = account(key).objection(running, granted(key), now);
    if (objection.isEmpty()) {
      branch.grant(key, exchange);
    }
    return objection.orElse(null);
  }

  private int granted(String key) {
    return branches.values().stream().mapToInt(one -> one.granted(key)).sum();
  }

  private List<Owed> owed(Instant now) {
    List<Owed> all = new ArrayList<>();
    accounts.forEach((key, account) -> account.owed(granted(key), now).ifPresent(all::add));
    return all;
  }

  /** A key that this node does not know is bound by what is said where it is known. */
  private CommonAccount account(KeyUse use) {
    CommonAccount account = account(use.key());
    if (!quotas.containsKey(use.key())) {
      account.boundBy(use.quota());
    }
    return account;
  }

  private CommonAccount account(Owed owed) {
    return account(owed.key());
  }

  private CommonAccount account(String key) {
    return accounts.computeIfAbsent(
        key, name -> new CommonAccount(name, quotas.getOrDefault(name, Quota.UNLIMITED)));
  }
}
