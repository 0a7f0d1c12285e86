package com.visiquate.ccproxy.alerts.rules;

import com.visiquate.ccproxy.alerts.rules.ShortAnswers.Answer;
import com.visiquate.ccproxy.bus.BusMessage;
import com.visiquate.ccproxy.config.AlertRule;
import com.visiquate.ccproxy.config.AlertSettings.Short;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Models whose last few short answers were slow, one after the other. */
final class SlowAnswers implements Rule {
  private final AlertRule rule;
  private final ShortAnswers answers;
  private final Map<String, Row> rows = new TreeMap<>();

  /** Slow ones without a quick one between them. */
  private record Row(int length, double seconds, Instant last) {}

  SlowAnswers(AlertRule rule, Short limits) {
    this.rule = rule;
    this.answers = new ShortAnswers(limits);
  }

  @Override
  public void hear(BusMessage message, Instant now) {
    answers.in(message).ifPresent(answer -> ended(answer, now));
  }

  private void ended(Answer answer, Instant now) {
    if (answer.seconds() > rule.bound()) {
      Row row = new Row(1, answer.seconds(), now);
      rows.merge(
          answer.model(),
          row,
          (old, next) -> new Row(old.length + 1, Math.max(old.seconds, next.seconds), now));
    } else {
      rows.remove(answer.model());
    }
  }

  /** Nobody knows whether a model that is not asked any more is still slow. */
  @Override
  public List<Finding> look(Instant now) {
    rows.values().removeIf(row -> row.last.plus(rule.span()).isBefore(now));
    return rows.entrySet().stream()
        .filter(entry -> entry.getValue().length >= rule.times())
        .map(entry -> finding(entry.getKey(), entry.getValue()))
        .toList();
  }

  private Finding finding(String model, Row row) {
    return Finding.critical(
        model,
        ("The last %d short answers of %s took more than %s each, up to %s. See /ccproxy/queue"
                + " for who else runs, and `ollama ps` for whether the model is on the GPU.")
            .formatted(row.length, model, Text.seconds(rule.bound()), Text.seconds(row.seconds)));
  }
}
