package com.visiquate.ccproxy.backend;

import com.visiquate.ccproxy.fleet.Withheld;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Whether a backend takes new work, as far as that is no matter of its health. */
final class Doors {
  private final Runnable changed;
  private @Nullable String closed;
  private @Nullable Withheld withheld;

  Doors(Runnable changed) {
    this.changed = changed;
  }

  /** Takes nothing any more, for this reason. */
  void close(String reason) {
    closed = reason;
    changed.run();
  }

  /** What an operator says of it; null gives it work again. */
  void withhold(@Nullable Withheld said) {
    withheld = said;
    changed.run();
  }

  @Nullable Withheld withheld() {
    return withheld;
  }

  Optional<String> obstacle() {
    if (closed != null || withheld == null) {
      return Optional.ofNullable(closed);
    }
    String how = withheld.isDrained() ? "it is drained by %s" : "it is held back by %s";
    return Optional.of(how.formatted(withheld.by()));
  }
}
