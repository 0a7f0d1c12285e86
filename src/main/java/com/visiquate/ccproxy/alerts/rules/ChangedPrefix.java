package com.visiquate.ccproxy.alerts.rules;

import com.visiquate.ccproxy.bus.BusMessage;
import com.visiquate.ccproxy.bus.ExchangeEnded;
import com.visiquate.ccproxy.bus.Fact.PromptPart;
import com.visiquate.ccproxy.bus.ScheduleEvent.PrefixLost;
import com.visiquate.ccproxy.chat.Counts;
import com.visiquate.ccproxy.config.AlertRule;
import com.visiquate.ccproxy.fleet.ExchangeId;
import com.visiquate.ccproxy.fleet.Label;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * Clients that keep changing what their conversations begin with, and what that costs: the tokens
 * that would have been cached, at the pace at which the rest of the same prompt was computed.
 */
final class ChangedPrefix implements Rule {
  private static final int MOST_OPEN = 10_000;
  private static final int MOST_CLIENTS = 1_000;
  private final AlertRule rule;
  private final Map<ExchangeId, PrefixLost> open = new Recent<>(MOST_OPEN);
  private final Map<Who, Losses> losses = new Recent<>(MOST_CLIENTS);

  private record Who(String client, String model) {}

  private record Losses(Window seconds, PromptPart where) {}

  ChangedPrefix(AlertRule rule) {
    this.rule = rule;
  }

  @Override
  public void hear(BusMessage message, Instant now) {
    switch (message) {
      case PrefixLost lost -> open.put(lost.exchange(), lost);
      case ExchangeEnded ended -> {
        PrefixLost lost = open.remove(ended.exchange());
        if (lost != null) {
          Who who = new Who(ended.client().whole().value(), lost.model().value());
          Losses before = losses.get(who);
          Window window = before == null ? new Window(rule.span()) : before.seconds;
          window.add(seconds(lost, ended.counts()), now);
          losses.put(who, new Losses(window, lost.where()));
        }
      }
      default -> {}
    }
  }

  private static double seconds(PrefixLost lost, Counts counts) {
    int computed = counts.promptTokens() - counts.cachedTokens();
    if (computed <= 0 || lost.prompt() <= 0) {
      return 0;
    }
    double tokens = counts.promptTokens() * Math.min(1.0, lost.lost() / (double) lost.prompt());
    return Math.min(computed, tokens) * counts.promptNanos() / computed / 1e9;
  }

  @Override
  public List<Finding> look(Instant now) {
    losses.values().removeIf(loss -> loss.seconds.count(now) == 0);
    return losses.entrySet().stream()
        .filter(entry -> entry.getValue().seconds.count(now) >= rule.times())
        .filter(entry -> entry.getValue().seconds.sum(now) >= rule.bound())
        .map(entry -> finding(entry.getKey(), entry.getValue(), now))
        .toList();
  }

  private Finding finding(Who who, Losses loss, Instant now) {
    return Finding.warning(
        who.client + " " + who.model,
        ("%s changed the beginning of its prompts for %s %d times in the last %s, last in its"
                + " %s; to compute that again took about %s. A clock, a random id or a list in no"
                + " fixed order there is enough; take it out.")
            .formatted(
                who.client,
                who.model,
                loss.seconds.count(now),
                Text.seconds(rule.span()),
                Label.of(loss.where),
                Text.seconds(loss.seconds.sum(now))));
  }
}
