package com.visiquate.ccproxy.access;

import com.visiquate.ccproxy.chat.Failure;
import com.visiquate.ccproxy.fleet.AccessKey;
import com.visiquate.ccproxy.fleet.ExchangeId;
import com.visiquate.ccproxy.fleet.Quota;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The accounts of the keys that are limited, and who has entered on which. */
final class Turnstile {
  private final Map<String, Account> accounts = new HashMap<>();
  private final Map<ExchangeId, String> entered = new HashMap<>();

  /** Takes the keys over; a key whose quota has not changed keeps its account. */
  void follow(List<AccessKey> keys, Instant now) {
    Map<String, Account> next = new HashMap<>();
    for (AccessKey key : keys) {
      if (!key.quota().isUnlimited()) {
        next.put(key.name(), account(key.name(), key.quota(), now));
      }
    }
    accounts.clear();
    accounts.putAll(next);
  }

  /** Empty when it may begin. */
  Optional<Failure> enter(ExchangeId exchange, String key, Instant now) {
    Account account = accounts.get(key);
    if (account == null) {
      return Optional.empty();
    }
    Optional<Failure> objection = account.enter(now);
    if (objection.isEmpty()) {
      entered.put(exchange, key);
    }
    return objection;
  }

  /** An exchange has ended; harmless for one that has not entered. */
  void exit(ExchangeId exchange, long tokens, Instant now) {
    String key = entered.remove(exchange);
    Account account = key == null ? null : accounts.get(key);
    if (account != null) {
      account.exit(tokens, now);
    }
  }

  private Account account(String name, Quota quota, Instant now) {
    Account known = accounts.get(name);
    if (known == null) {
      return new Account(name, quota, now);
    }
    return known.isBoundBy(quota) ? known : known.boundBy(quota, now);
  }
}
