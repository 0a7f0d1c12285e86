package com.visiquate.ccproxy.http.intake;

import com.fasterxml.jackson.databind.JsonNode;
import com.visiquate.ccproxy.chat.ModelRequest;
import com.visiquate.ccproxy.dialect.Decoded;
import com.visiquate.ccproxy.dialect.Mention;
import com.visiquate.ccproxy.dialect.RequestJson;
import com.visiquate.ccproxy.fleet.CachePolicy;
import com.visiquate.ccproxy.fleet.CachePolicy.Extent;
import com.visiquate.ccproxy.fleet.CacheWish;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a client says of the cache: in {@code Cache-Control}, and in the {@code cache} member of
 * LiteLLM's clients. Both have the meanings of RFC 9111; what is not understood says nothing.
 */
final class CacheWords {
  private static final String MEMBER = "cache";
  private static final Mention MENTION = new Mention(MEMBER);
  private static final int LONGEST_NAME = 64;

  private boolean noCache;
  private boolean noStore;
  private boolean onlyIfCached;
  private boolean wanted;
  private @Nullable Duration maxAge;
  private @Nullable Duration ttl;
  private String namespace = "";

  private CacheWords() {}

  /** What a body says, where somebody wants to know it. */
  static Optional<JsonNode> member(CachePolicy policy, byte[] body) {
    return policy.store() != Extent.NONE && MENTION.isIn(body)
        ? RequestJson.object(body, MEMBER)
        : Optional.empty();
  }

  /** Whether it wants a stored answer or none, and nothing is ever stored here. */
  static boolean isInVain(Arrival arrival) {
    CacheWords words = new CacheWords();
    boolean stores = arrival.services().cache().policy().store() != Extent.NONE;
    if (!stores) {
      words.header(arrival.header("cache-control"));
    }
    return words.onlyIfCached;
  }

  static CacheWish wish(Arrival arrival, Decoded.Understood understood) {
    CachePolicy policy = arrival.services().cache().policy();
    if (!policy.isAny()) {
      return CacheWish.NONE;
    }
    CacheWords words = new CacheWords();
    words.header(arrival.header("cache-control"));
    arrival.cacheMember().ifPresent(words::member);
    return words.wish(policy, understood.parts().getFirst(), arrival.route());
  }

  private CacheWish wish(CachePolicy policy, ModelRequest request, String route) {
    boolean keeps = policy.store() != Extent.NONE;
    boolean join = !noStore && (CacheRules.joins(policy, request) || (keeps && wanted));
    boolean store = keeps && !noStore && (CacheRules.stores(policy, request, route) || wanted);
    return join || store || (keeps && onlyIfCached)
        ? new CacheWish(join, store, noCache, keeps && onlyIfCached, maxAge, ttl, namespace)
        : CacheWish.NONE;
  }

  private void header(@Nullable String value) {
    if (value == null) {
      return;
    }
    for (String directive : value.toLowerCase(Locale.ROOT).split(",", -1)) {
      String[] parts = directive.strip().split("=", 2);
      switch (parts[0]) {
        case "no-cache" -> noCache = true;
        case "no-store" -> noStore = true;
        case "only-if-cached" -> onlyIfCached = true;
        case "max-age" -> maxAge = seconds(parts.length > 1 ? parts[1] : "");
        default -> {}
      }
    }
  }

  private static @Nullable Duration seconds(String text) {
    String digits = text.replace("\"", "").strip();
    return digits.matches("\\d{1,9}") ? Duration.ofSeconds(Long.parseLong(digits)) : null;
  }

  private void member(JsonNode member) {
    noCache |= member.path("no-cache").asBoolean(false);
    noStore |= member.path("no-store").asBoolean(false);
    wanted |= member.path("use-cache").asBoolean(false);
    Duration age = seconds(member.path("s-maxage").asText(""));
    maxAge = age == null ? maxAge : age;
    ttl = seconds(member.path("ttl").asText(""));
    wanted |= ttl != null;
    String name = member.path("namespace").asText("");
    namespace = name.substring(0, Math.min(name.length(), LONGEST_NAME));
  }
}
