package com.visiquate.ccproxy.http.ingress;

import com.visiquate.ccproxy.bus.Address;
import com.visiquate.ccproxy.bus.Bus;
import com.visiquate.ccproxy.bus.BusMessage.Credit;
import com.visiquate.ccproxy.bus.BusMessage.Leave;
import com.visiquate.ccproxy.bus.BusMessage.Submit;
import com.visiquate.ccproxy.bus.CacheMessage.Ask;
import com.visiquate.ccproxy.bus.CacheMessage.Credited;
import com.visiquate.ccproxy.bus.CacheMessage.Left;
import com.visiquate.ccproxy.fleet.AccessKey;
import com.visiquate.ccproxy.fleet.BackendId;
import com.visiquate.ccproxy.fleet.CachePolicy;
import com.visiquate.ccproxy.fleet.CacheWish;
import com.visiquate.ccproxy.fleet.ExchangeId;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The way by the cache, for what may have to do with it; owns which of this ingress went it. */
public final class CacheClient {
  private final Bus bus;
  private final CachePolicy policy;
  private final Set<ExchangeId> asked = new HashSet<>();

  public CacheClient(Bus bus, CachePolicy policy) {
    this.bus = bus;
    this.policy = policy;
  }

  /** Which requests have to do with it. */
  public CachePolicy policy() {
    return policy;
  }

  /** Says whether it has taken the request. */
  boolean submit(Submit submit, CacheWish wish, @Nullable AccessKey key) {
    if (!wish.isAny()) {
      return false;
    }
    asked.add(submit.exchange());
    bus.send(Address.CACHE_ASK, new Ask(submit, scope(wish, key), wish));
    return true;
  }

  /** Those who share a namespace share answers; all others only with their own key. */
  private static String scope(CacheWish wish, @Nullable AccessKey key) {
    return key == null || !wish.namespace().isEmpty() ? "" : "key " + key.name();
  }

  boolean leave(Leave leave) {
    boolean here = asked.contains(leave.exchange());
    if (here) {
      bus.send(Address.CACHE_ASK, new Left(leave));
    }
    return here;
  }

  boolean credit(BackendId backend, Credit credit) {
    boolean here = asked.contains(credit.exchange());
    if (here) {
      bus.send(Address.CACHE_ASK, new Credited(backend, credit));
    }
    return here;
  }

  void ended(Collection<ExchangeId> parts) {
    if (!asked.isEmpty()) {
      parts.forEach(asked::remove);
    }
  }
}
