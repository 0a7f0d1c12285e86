package com.visiquate.ccproxy.alerts.rules;

import com.visiquate.ccproxy.bus.BusMessage;
import com.visiquate.ccproxy.bus.ExchangeEnded;
import com.visiquate.ccproxy.chat.Failure;
import com.visiquate.ccproxy.config.AlertRule;
import com.visiquate.ccproxy.fleet.Label;
import com.visiquate.ccproxy.fleet.Outcome;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Too many requests failed. What was wrong with a request itself, what its key may not do and
 * clients that leave are no failures.
 */
final class FailureShare implements Rule {
  private static final Set<Failure.Kind> OURS =
      EnumSet.of(
          Failure.Kind.QUEUE_FULL,
          Failure.Kind.QUEUE_TIMEOUT,
          Failure.Kind.NO_BACKEND,
          Failure.Kind.BACKEND_ERROR,
          Failure.Kind.BACKEND_LOST,
          Failure.Kind.BACKEND_TIMEOUT,
          Failure.Kind.INTERNAL);

  private final AlertRule rule;
  private final Window window;
  private String last = "";

  FailureShare(AlertRule rule) {
    this.rule = rule;
    this.window = new Window(rule.span());
  }

  @Override
  public void hear(BusMessage message, Instant now) {
    if (message instanceof ExchangeEnded ended) {
      Failure failure = ended.failure();
      if (failure != null && OURS.contains(failure.kind())) {
        last = Label.of(failure.kind());
        window.add(1, now);
      } else if (ended.outcome() == Outcome.COMPLETED) {
        window.add(0, now);
      }
    }
  }

  @Override
  public List<Finding> look(Instant now) {
    if (window.count(now) < rule.times() || window.mean(now) <= rule.bound()) {
      return List.of();
    }
    return List.of(
        Finding.warning(
            "",
            ("%s of %d requests failed in the last %s; the last one was %s. The log names each"
                    + " with its cause; /health tells which backends answer.")
                .formatted(
                    Text.percent(window.mean(now)),
                    window.count(now),
                    Text.seconds(rule.span()),
                    last)));
  }
}
