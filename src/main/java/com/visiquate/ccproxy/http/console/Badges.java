package com.visiquate.ccproxy.http.console;

import com.visiquate.ccproxy.fleet.ModelName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** Which of the models is the fastest, the best, the cheapest; what cannot be told has no badge. */
final class Badges {
  private Badges() {}

  /**
   * What is compared.
   *
   * @param speed tokens a second; 0 when not known
   * @param parameters in billions; 0 when not known
   * @param price of a million tokens; less than 0 when it has none
   */
  record Traits(ModelName model, double speed, double parameters, double price) {}

  /**
   * The badges of all models that have any.
   *
   * @param all models that chat; where there is one alone, nothing is compared
   * @param local models that run on machines nearby alone
   */
  static Map<ModelName, List<String>> of(List<Traits> all, List<ModelName> local) {
    Map<ModelName, List<String>> badges = new HashMap<>();
    most(all, Traits::speed).ifPresent(one -> add(badges, one.model(), "fast"));
    most(all, Traits::parameters).ifPresent(one -> add(badges, one.model(), "best"));
    cheapest(all).ifPresent(one -> add(badges, one.model(), "cheap"));
    local.forEach(model -> add(badges, model, "local"));
    return badges;
  }

  private static Optional<Traits> cheapest(List<Traits> all) {
    boolean priced = !all.isEmpty() && all.stream().allMatch(one -> one.price() >= 0);
    // Without prices a small model costs the least of the machine.
    return most(all, one -> priced ? 1 / (one.price() + 1e-9) : inverse(one.parameters()));
  }

  private static double inverse(double parameters) {
    return parameters > 0 ? 1 / parameters : 0;
  }

  /** The one with more than all others. */
  private static Optional<Traits> most(List<Traits> all, ToDoubleFunction<Traits> measure) {
    Optional<Traits> first = Optional.empty();
    boolean alone = true;
    for (Traits one : all) {
      double value = measure.applyAsDouble(one);
      double best = first.map(measure::applyAsDouble).orElse(0.0);
      boolean isMore = value > best;
      alone = isMore || (alone && value < best);
      first = isMore ? Optional.of(one) : first;
    }
    return all.size() > 1 && alone ? first : Optional.empty();
  }

  private static void add(Map<ModelName, List<String>> to, ModelName model, String badge) {
    to.computeIfAbsent(model, name -> new ArrayList<>()).add(badge);
  }
}
