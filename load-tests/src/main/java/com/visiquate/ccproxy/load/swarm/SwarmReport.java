package com.visiquate.ccproxy.load.swarm;

import com.visiquate.ccproxy.load.Table;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/** All strategies side by side, as Markdown. */
final class SwarmReport {
  private final List<Figures> all;
  private final Function<Strategy, String> pictures;

  /** Where the picture of each strategy is. */
  SwarmReport(List<Figures> all, Function<Strategy, String> pictures) {
    this.all = all;
    this.pictures = pictures;
  }

  String text() {
    StringBuilder text = new StringBuilder();
    text.append(makespans())
        .append("\n\n")
        .append(comparison())
        .append("\n\n## Waiting, by kind of agent\n\n")
        .append(waits());
    text.append("\n\n## What else happened\n\n").append(counters());
    text.append("\n\n## What records say, and what was so\n\n").append(records());
    text.append("\n\n## Who held which slot\n\n").append(LETTERS);
    for (Figures figures : all) {
      text.append(
          "\n%s ([picture](%s)):\n\n```\n%s```\n"
              .formatted(
                  figures.strategy().title(), pictures.apply(figures.strategy()), figures.strip()));
    }
    return text.toString();
  }

  private static final String LETTERS =
      """
      A letter is a role, large while a prompt is computed, small while the answer comes; a dot is
      idle time. First the whole run, then ten minutes of it.
      """;

  private String makespans() {
    Table table =
        new Table(
            "strategy",
            "makespan",
            "× lower bound",
            "first token p50 / p95 / p99",
            "longest wait",
            "mean time of an agent",
            "prompt from cache",
            "tokens/s");
    for (Figures one : all) {
      Figures.Waits waits = one.waits().get(Figures.ALL);
      table.row(
          one.strategy().title(),
          say("%,.0f s", one.makespan()),
          say("%.2f", one.ratio()),
          say("%,.0f / %,.0f / %,.0f s", waits.p50(), waits.p95(), waits.p99()),
          say("%,.0f s", waits.longest()),
          say("%,.0f s", one.agentMean()),
          say("%.0f %%", 100 * one.hits()),
          say("%.1f", one.tokensPerSecond()));
    }
    return table.toString();
  }

  /** How many times sooner the default is than each of the others. */
  private String comparison() {
    Optional<Figures> ours =
        all.stream().filter(one -> one.strategy() == Strategy.LEAST_BUSY).findFirst();
    return ours.map(this::comparedWith).orElse("");
  }

  private String comparedWith(Figures ours) {
    Table table =
        new Table("compared with `least-busy`", "makespan", "first token p50", "mean of an agent");
    for (Figures one : all) {
      if (one != ours) {
        table.row(
            one.strategy().title(),
            say("%.1f ×", one.makespan() / ours.makespan()),
            say("%,.0f ×", median(one) / median(ours)),
            say("%.1f ×", one.agentMean() / ours.agentMean()));
      }
    }
    return table.toString();
  }

  private static double median(Figures figures) {
    return figures.waits().get(Figures.ALL).p50();
  }

  private String waits() {
    Table table =
        new Table("strategy", "kind", "turns", "first token p50", "p95", "p99", "longest wait");
    for (Figures one : all) {
      for (Kind kind : Kind.values()) {
        Figures.Waits waits = one.waits().get(kind.label());
        table.row(
            one.strategy().title(),
            kind.label(),
            say("%,d", waits.turns()),
            say("%,.0f s", waits.p50()),
            say("%,.0f s", waits.p95()),
            say("%,.0f s", waits.p99()),
            say("%,.0f s", waits.longest()));
      }
    }
    return table.toString();
  }

  private String counters() {
    Table table =
        new Table(
            "strategy",
            "fairness (Jain)",
            "holds",
            "came back",
            "slot time held",
            "swaps",
            "waits inside Ollama",
            "refused",
            "failed",
            "scale");
    for (Figures one : all) {
      Holds holds = one.counters().holds();
      table.row(
          one.strategy().title(),
          say("%.2f", one.fairness()),
          say("%,d", holds.kept()),
          say("%,d", holds.returned()),
          say("%,.0f s", holds.seconds()),
          say("%,d", one.counters().swaps()),
          say("%,d", one.counters().silentWaits()),
          say("%,d", one.counters().refusals()),
          say("%,d", one.counters().failures()),
          say("%.0f", one.scale()));
    }
    return table.toString();
  }

  private String records() {
    Table table =
        new Table(
            "strategy",
            "backend",
            "requests",
            "machine seconds",
            "busy time",
            "difference",
            "prompt tokens",
            "cached",
            "output");
    for (Figures one : all) {
      for (Recorded of : one.recorded()) {
        Recorded.Tokens tokens = of.tokens();
        table.row(
            one.strategy().title(),
            of.backend(),
            say("%,d", of.requests()),
            say("%.2f s", of.machine()),
            say("%.2f s", of.busy()),
            say("%+.2f %%", 100 * of.excess()),
            say("%,d of %,d", tokens.prompt(), tokens.prompts()),
            say("%,d of %,d", tokens.cached(), tokens.hits()),
            say("%,d of %,d", tokens.output(), tokens.outputs()));
      }
    }
    return table.toString();
  }

  private static String say(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
