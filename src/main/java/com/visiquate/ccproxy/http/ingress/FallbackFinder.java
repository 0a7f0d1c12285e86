package com.visiquate.ccproxy.http.ingress;

import com.visiquate.ccproxy.bus.FallbackOptions;
import com.visiquate.ccproxy.chat.Failure;
import com.visiquate.ccproxy.dialect.Decoded;
import com.visiquate.ccproxy.fleet.AccessKey;
import com.visiquate.ccproxy.fleet.Fallbacks;
import com.visiquate.ccproxy.fleet.ModelName;
import com.visiquate.ccproxy.fleet.ModelSpec;
import com.visiquate.ccproxy.http.view.FleetView;
import com.visiquate.ccproxy.http.view.PromptEstimate;
import com.visiquate.ccproxy.http.view.SizedRequest;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds out which models may answer a request instead of its own. */
final class FallbackFinder {
  private final FleetView fleet;
  private final PromptSizes sizes;

  FallbackFinder(FleetView fleet, PromptSizes sizes) {
    this.fleet = fleet;
    this.sizes = sizes;
  }

  /**
   * Those that its client may use and its prompt may fit. None for several parts, which would be
   * answered by different models, and none for embeddings: those of two models mean nothing to each
   * other.
   *
   * @param key what its client came in with; null when none is needed
   */
  FallbackOptions of(SizedRequest request, @Nullable AccessKey key) {
    PromptEstimate prompt = request.prompt();
    if (prompt == null) {
      return FallbackOptions.NONE;
    }
    Failure overflow = prompt.overflow().orElse(null);
    Fallbacks all = prompt.model().fallbacks();
    if (all.isEmpty() || !maySwitch(request.understood())) {
      return overflow == null
          ? FallbackOptions.NONE
          : new FallbackOptions(Fallbacks.NONE, overflow);
    }
    return new FallbackOptions(
        all.only(name -> isAllowed(name, key) && mayFit(prompt, name)), overflow);
  }

  private static boolean maySwitch(Decoded.Understood request) {
    return request.parts().size() == 1 && !request.alone();
  }

  private static boolean isAllowed(ModelName name, @Nullable AccessKey key) {
    return key == null || key.allows(name);
  }

  private boolean mayFit(PromptEstimate prompt, ModelName name) {
    Optional<ModelSpec> other = fleet.plan().catalogue().model(name);
    return other.isPresent() && sizes.estimate(other.get(), prompt.size()).overflow().isEmpty();
  }
}
