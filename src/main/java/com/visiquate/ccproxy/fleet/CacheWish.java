package com.visiquate.ccproxy.fleet;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a client wants of the cache, with the meanings of RFC 9111.
 *
 * @param join whether it may share a run with others who ask the same
 * @param store whether its answer may be stored, and stored ones may be given
 * @param fresh whether no stored answer will do ({@code no-cache})
 * @param onlyIfCached whether nothing but a stored answer will do
 * @param maxAge the oldest answer that will do; null for any
 * @param ttl how long its answer may be used; null for as long as usual
 * @param namespace with whom it shares its answers; empty for those who have the same key
 */
public record CacheWish(
    boolean join,
    boolean store,
    boolean fresh,
    boolean onlyIfCached,
    @Nullable Duration maxAge,
    @Nullable Duration ttl,
    String namespace) {
  /** Nothing of it. */
  public static final CacheWish NONE = new CacheWish(false, false, false, false, null, null, "");

  /** Whether it has to do with the cache at all. */
  public boolean isAny() {
    return join || store || onlyIfCached;
  }
}
