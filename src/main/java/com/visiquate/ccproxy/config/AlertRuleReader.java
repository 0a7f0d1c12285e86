package com.visiquate.ccproxy.config;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** The keys of {@code alerts.rules}: each rule is a section with whatever can be changed of it. */
final class AlertRuleReader {
  private static final long MOST_BYTES = 1L << 50;
  private final Section section;
  private final Map<String, AlertRule> rules = new HashMap<>();

  AlertRuleReader(Section section) {
    this.section = section;
  }

  Map<String, AlertRule> readAll() {
    read(AlertSettings.BACKEND_DOWN, AlertRuleReader::lasting);
    read(AlertSettings.SLOW_ANSWERS, (keys, rule) -> within(keys, timed(keys, times(keys, rule))));
    read(AlertSettings.SLOW_MEAN, (keys, rule) -> within(keys, timed(keys, least(keys, rule))));
    read(AlertSettings.FAILURES, AlertRuleReader::share);
    read(AlertSettings.QUEUE_WAIT, (keys, rule) -> within(keys, timed(keys, least(keys, rule))));
    read(AlertSettings.DISK, AlertRuleReader::disk);
    read(AlertSettings.MEMORY, AlertRuleReader::memory);
    read(AlertSettings.RESTARTED, (keys, rule) -> rule);
    read(AlertSettings.LOG_SIZE, (keys, rule) -> rule.above(size(keys, "above", rule.bound())));
    read(AlertSettings.BUSY, AlertRuleReader::number);
    read(AlertSettings.BUDGET, (keys, rule) -> rule);
    read(AlertSettings.RECORDS_AWAY, AlertRuleReader::lasting);
    read(AlertSettings.CACHE_AWAY, AlertRuleReader::lasting);
    read(AlertSettings.CONFIGURATION, (keys, rule) -> rule);
    read(AlertSettings.CHANGED_PREFIX, AlertRuleReader::changedPrefix);
    read(AlertSettings.LOOPS, (keys, rule) -> within(keys, times(keys, rule)));
    return rules;
  }

  @FunctionalInterface
  private interface Keys {
    AlertRule read(Section keys, AlertRule otherwise);
  }

  private void read(String name, Keys keys) {
    AlertRule otherwise = AlertSettings.DEFAULT.rule(name);
    Section one = section.section(name);
    boolean on = one.value("on", Kind.FLAG, otherwise.on());
    rules.put(name, keys.read(one, otherwise).on(on));
    one.end();
  }

  private static AlertRule lasting(Section keys, AlertRule rule) {
    return rule.over(keys.value("for", Kind.duration(), rule.span()));
  }

  private static AlertRule within(Section keys, AlertRule rule) {
    return rule.over(keys.value("within", Kind.positive(), rule.span()));
  }

  private static AlertRule timed(Section keys, AlertRule rule) {
    Duration above = keys.value("above", Kind.positive(), rule.boundTime());
    return rule.above(above.toMillis() / 1_000.0);
  }

  private static AlertRule times(Section keys, AlertRule rule) {
    return rule.times(keys.value("times", Kind.whole(1), rule.times()));
  }

  private static AlertRule least(Section keys, AlertRule rule) {
    return rule.times(keys.value("least", Kind.whole(1), rule.times()));
  }

  private static AlertRule share(Section keys, AlertRule rule) {
    double above = keys.value("above", AccountingReader.SHARE, rule.bound());
    return within(keys, least(keys, rule.above(above)));
  }

  private static AlertRule disk(Section keys, AlertRule rule) {
    return rule.above(size(keys, "warning", rule.bound()))
        .criticalAt(size(keys, "critical", rule.critical()));
  }

  private static AlertRule memory(Section keys, AlertRule rule) {
    return rule.above(keys.value("warning", AccountingReader.SHARE, rule.bound()))
        .criticalAt(keys.value("critical", AccountingReader.SHARE, rule.critical()));
  }

  private static AlertRule number(Section keys, AlertRule rule) {
    return rule.above(keys.value("above", Kind.whole(0), (int) rule.bound()));
  }

  private static AlertRule changedPrefix(Section keys, AlertRule rule) {
    Duration cost = keys.value("cost", Kind.duration(), rule.boundTime());
    return within(keys, times(keys, rule.above(cost.toMillis() / 1_000.0)));
  }

  private static double size(Section keys, String key, double otherwise) {
    return keys.value(key, Kind.size(0, MOST_BYTES), (long) otherwise);
  }
}
