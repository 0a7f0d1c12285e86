package com.visiquate.ccproxy.alerts.rules;

import com.visiquate.ccproxy.bus.AlertMessage.Alert;
import com.visiquate.ccproxy.bus.AlertMessage.AlertsFound;
import com.visiquate.ccproxy.bus.BusMessage;
import com.visiquate.ccproxy.config.AlertRule;
import com.visiquate.ccproxy.config.AlertSettings;
import com.visiquate.ccproxy.config.AlertSettings.Short;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** All rules that are on, and the book of what they found. It belongs to one thread. */
public final class Lookout {
  private final AlertSettings settings;
  private final Map<String, Rule> rules = new LinkedHashMap<>();
  private final Book book;

  public Lookout(AlertSettings settings) {
    this.settings = settings;
    this.book = new Book(settings.calm());
    Short limits = settings.shortAnswers();
    add(AlertSettings.BACKEND_DOWN, BackendDown::new);
    add(AlertSettings.SLOW_ANSWERS, rule -> new SlowAnswers(rule, limits));
    add(AlertSettings.SLOW_MEAN, rule -> new SlowMean(rule, limits));
    add(AlertSettings.FAILURES, FailureShare::new);
    add(AlertSettings.QUEUE_WAIT, QueueWait::new);
    add(AlertSettings.DISK, Disk::new);
    add(AlertSettings.MEMORY, Memory::new);
    add(AlertSettings.RESTARTED, rule -> new Restarted());
    add(AlertSettings.LOG_SIZE, LogSize::new);
    add(AlertSettings.BUSY, Busy::new);
    add(AlertSettings.BUDGET, rule -> new BudgetUse());
    add(AlertSettings.RECORDS_AWAY, RecordsAway::new);
    add(AlertSettings.CACHE_AWAY, CacheAway::new);
    add(AlertSettings.CONFIGURATION, rule -> new ConfigurationRefused());
    add(AlertSettings.CHANGED_PREFIX, ChangedPrefix::new);
    add(AlertSettings.LOOPS, Circling::new);
  }

  private void add(String name, Function<AlertRule, Rule> maker) {
    AlertRule rule = settings.rule(name);
    if (rule.on()) {
      rules.put(name, maker.apply(rule));
    }
  }

  /** Something happened. */
  public void hear(BusMessage message, Instant now) {
    rules.values().forEach(rule -> rule.hear(message, now));
  }

  /** The machine was measured. */
  public void measured(Machine machine) {
    rules.values().forEach(rule -> rule.measured(machine));
  }

  /** What begins and ends now, to be told once each. */
  public List<Alert> look(Instant now) {
    Map<String, List<Finding>> findings = new LinkedHashMap<>();
    rules.forEach((name, rule) -> findings.put(name, rule.look(now)));
    return book.look(findings, now);
  }

  /** What is wrong, and what was. */
  public AlertsFound found() {
    return new AlertsFound(book.firing(), book.resolved());
  }
}
