package com.visiquate.ccproxy.backend.health;

import com.visiquate.ccproxy.fleet.KeepAlive;
import com.visiquate.ccproxy.fleet.ModelName;
import com.visiquate.ccproxy.fleet.ModelSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * When the models of one Ollama have gone from its memory because the time for which it was to keep
 * them has run out. What it says of itself is up to ten seconds old, and a request that loads a
 * model anew must not be taken for one of a model that is there: closing it would abort the load.
 */
public final class Residency {
  /** Ollama's clock begins a moment after ours. */
  private static final Duration LATER = Duration.ofSeconds(1);

  private final Map<ModelName, Stay> stays = new HashMap<>();
  private Instant read = Instant.MIN;

  /**
   * The stay of one model.
   *
   * @param running requests of it
   * @param expiry when it is gone; null while something runs that came before that, and for ever
   */
  private record Stay(int running, @Nullable Instant expiry) {
    boolean isOver(Instant now) {
      return expiry != null && !now.isBefore(expiry);
    }
  }

  public void began(ModelSpec model, Instant now) {
    Stay stay = stays.getOrDefault(model.name(), new Stay(0, null));
    // Too late for a model that has gone: it has to be loaded.
    Instant gone = stay.isOver(now) ? stay.expiry : null;
    stays.put(model.name(), new Stay(stay.running + 1, gone));
  }

  /** The model has spoken, so it is there. */
  public void spoke(ModelSpec model) {
    stays.computeIfPresent(model.name(), (name, stay) -> new Stay(stay.running, null));
  }

  public void ended(ModelSpec model, Instant now) {
    Stay stay = stays.getOrDefault(model.name(), new Stay(1, null));
    int left = Math.max(0, stay.running - 1);
    Instant expiry = left > 0 || stay.isOver(now) ? stay.expiry : expiry(model, now);
    stays.put(model.name(), new Stay(left, expiry));
  }

  /** It was loaded in advance. */
  public void loaded(ModelSpec model, Instant now) {
    Stay stay = stays.getOrDefault(model.name(), new Stay(0, null));
    Instant expiry = stay.running > 0 ? null : expiry(model, now);
    stays.put(model.name(), new Stay(stay.running, expiry));
  }

  /** Ollama was asked then for what it has in memory, and has answered. */
  public void read(Instant asked) {
    read = asked.isAfter(read) ? asked : read;
  }

  /** Whether a model has gone since Ollama said that it has it. */
  public boolean isGone(ModelName model, Instant now) {
    Stay stay = stays.get(model);
    return stay != null
        && stay.isOver(now)
        && stay.expiry != null
        && read.isBefore(stay.expiry.plus(LATER));
  }

  /** Without a word for it the server's own time holds, which nobody here knows. */
  private static @Nullable Instant expiry(ModelSpec model, Instant now) {
    Optional<Duration> kept =
        model.keepAlive().isBlank() ? Optional.empty() : KeepAlive.of(model.keepAlive().strip());
    return kept.map(now::plus).orElse(null);
  }
}
