package com.visiquate.ccproxy.bus;

import com.visiquate.ccproxy.bus.BusMessage.Credit;
import com.visiquate.ccproxy.bus.BusMessage.Leave;
import com.visiquate.ccproxy.bus.BusMessage.Submit;
import com.visiquate.ccproxy.fleet.BackendId;
import com.visiquate.ccproxy.fleet.CacheWish;
import com.visiquate.ccproxy.fleet.ExchangeId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What others and the cache say to each other. */
public sealed interface CacheMessage extends BusMessage {
  /** From http, of requests whose answer may be shared. */
  sealed interface ToCache extends CacheMessage, AboutExchange {}

  /**
   * A request that is answered from the cache, by a run that others wait for as well, or as any
   * other.
   *
   * @param scope whose answers it may have
   */
  record Ask(Submit submit, String scope, CacheWish wish) implements ToCache {
    @Override
    public ExchangeId exchange() {
      return submit.exchange();
    }
  }

  /** Its client does not want its answer any more. */
  record Left(Leave leave) implements ToCache {
    @Override
    public ExchangeId exchange() {
      return leave.exchange();
    }
  }

  /** Its ingress can take more. */
  record Credited(BackendId backend, Credit credit) implements ToCache {
    @Override
    public ExchangeId exchange() {
      return credit.exchange();
    }
  }

  /**
   * Delete what was stored of a model or of a namespace.
   *
   * @param model null for any
   * @param namespace null for any
   * @param keys these alone, as clients were told; empty for all
   */
  record Purge(@Nullable String model, @Nullable String namespace, List<String> keys)
      implements CacheMessage {
    public Purge {
      keys = List.copyOf(keys);
    }
  }

  /** The answer to {@link Purge}: how many entries there were. */
  record Purged(long entries) implements CacheMessage {}

  /** How does the cache do? */
  record CacheInquiry() implements CacheMessage {}

  /**
   * The answer to {@link CacheInquiry}.
   *
   * @param remote whether there is one that nodes share
   * @param away since when that one has not answered; null when it does
   * @param why it does not, for operators; empty when it does
   */
  record CacheStatus(long entries, long bytes, boolean remote, @Nullable Instant away, String why)
      implements CacheMessage {}

  /** What the cache had to do with a request. */
  enum Use {
    /** It was answered from the cache. */
    HIT,
    /** It shares the run of another. */
    JOINED,
    /** It has its own run, and others may share it. */
    MISS,
    /** The cache had nothing to do with it. */
    BYPASS
  }

  /** Why the cache had that to do with a request. */
  enum Reason {
    /** Its answer was in the memory of this process. */
    MEMORY,
    /** Its answer was in the Redis that gateways share. */
    REDIS,
    /** Its answer was among those that all nodes know. */
    NODES,
    /** Somebody asked the same at the same time. */
    RUNNING,
    /** Nobody has asked this, or it is forgotten. */
    UNKNOWN,
    /** What is known was too old for it. */
    OLD,
    /** Its client wants an answer anew. */
    FRESH,
    /** Its answers are shared while they run, and never kept. */
    NOT_KEPT,
    /** Backends have different weights of its model, or have not said which. */
    WEIGHTS
  }

  /**
   * What the cache had to do with a request, said before anything else of it.
   *
   * @param key of the entry; empty when there is none
   * @param age of the entry; zero when it was not in the cache
   * @param ttl how long it will still be used; zero when it will not be stored
   */
  record Told(ExchangeId exchange, Use use, String key, Duration age, Duration ttl)
      implements BusMessage.ToIngress {}
}
