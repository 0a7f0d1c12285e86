package com.visiquate.ccproxy.alerts.rules;

import com.visiquate.ccproxy.bus.BusMessage;
import com.visiquate.ccproxy.config.AlertRule;
import com.visiquate.ccproxy.config.AlertSettings.Short;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Models whose short answers take too long on average. */
final class SlowMean implements Rule {
  private final AlertRule rule;
  private final ShortAnswers answers;
  private final Map<String, Window> windows = new TreeMap<>();

  SlowMean(AlertRule rule, Short limits) {
    this.rule = rule;
    this.answers = new ShortAnswers(limits);
  }

  @Override
  public void hear(BusMessage message, Instant now) {
    answers
        .in(message)
        .ifPresent(
            answer ->
                windows
                    .computeIfAbsent(answer.model(), model -> new Window(rule.span()))
                    .add(answer.seconds(), now));
  }

  @Override
  public List<Finding> look(Instant now) {
    return windows.entrySet().stream()
        .filter(entry -> entry.getValue().count(now) >= rule.times())
        .filter(entry -> entry.getValue().mean(now) > rule.bound())
        .map(entry -> finding(entry.getKey(), entry.getValue().mean(now)))
        .toList();
  }

  private Finding finding(String model, double mean) {
    return Finding.warning(
        model,
        ("Short answers of %s took %s on average in the last %s. See /ccproxy/queue: if they"
                + " wait, there are too few slots; if not, their machine is slow.")
            .formatted(model, Text.seconds(mean), Text.seconds(rule.span())));
  }
}
