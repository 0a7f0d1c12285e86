package com.visiquate.ccproxy.config;

import com.visiquate.ccproxy.chat.Counts;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * What is watched, and who is told.
 *
 * @param watched whether it is asked for although nobody is told but the log
 * @param every the time between two looks
 * @param calm an alert is over when its condition has not held for so long
 * @param shortAnswers which answers are short enough to be held to a time
 * @param rules by their names
 */
public record AlertSettings(
    boolean watched,
    Duration every,
    Duration calm,
    Short shortAnswers,
    Webhook webhook,
    Mail mail,
    Map<String, AlertRule> rules) {
  private static final long GIB = 1L << 30;

  public static final String BACKEND_DOWN = "backend-down";
  public static final String SLOW_ANSWERS = "slow-answers";
  public static final String SLOW_MEAN = "slow-mean";
  public static final String FAILURES = "failures";
  public static final String QUEUE_WAIT = "queue-wait";
  public static final String DISK = "disk";
  public static final String MEMORY = "memory";
  public static final String RESTARTED = "restarted";
  public static final String LOG_SIZE = "log-size";
  public static final String BUSY = "busy";
  public static final String BUDGET = "budget";
  public static final String RECORDS_AWAY = "records-away";
  public static final String CACHE_AWAY = "cache-away";
  public static final String CONFIGURATION = "configuration";
  public static final String CHANGED_PREFIX = "changed-prefix";
  public static final String LOOPS = "loops";

  public static final AlertSettings DEFAULT =
      new AlertSettings(
          false,
          Duration.ofSeconds(5),
          Duration.ofSeconds(30),
          Short.DEFAULT,
          Webhook.NONE,
          Mail.NONE,
          Map.ofEntries(
              Map.entry(BACKEND_DOWN, AlertRule.PLAIN.over(Duration.ofMinutes(1))),
              Map.entry(SLOW_ANSWERS, looking(5, 10).times(5)),
              Map.entry(SLOW_MEAN, looking(2, 5).times(5)),
              Map.entry(FAILURES, looking(0.05, 10).times(20)),
              Map.entry(QUEUE_WAIT, looking(30, 5).times(5)),
              Map.entry(DISK, AlertRule.PLAIN.above(5 * GIB).criticalAt(GIB)),
              Map.entry(MEMORY, AlertRule.PLAIN.above(0.8).criticalAt(0.9)),
              Map.entry(RESTARTED, AlertRule.PLAIN),
              Map.entry(LOG_SIZE, AlertRule.PLAIN.above(100L << 20)),
              Map.entry(BUSY, looking(100, 1)),
              Map.entry(BUDGET, AlertRule.PLAIN),
              Map.entry(RECORDS_AWAY, AlertRule.PLAIN.over(Duration.ofMinutes(5))),
              Map.entry(CACHE_AWAY, AlertRule.PLAIN.over(Duration.ofMinutes(1))),
              Map.entry(CONFIGURATION, AlertRule.PLAIN),
              Map.entry(CHANGED_PREFIX, looking(0, 10).times(5)),
              Map.entry(LOOPS, looking(0, 5).times(3))));

  public AlertSettings {
    rules = Map.copyOf(rules);
  }

  /** Whether anything is watched at all. */
  public boolean isOn() {
    return watched || webhook.isOn() || mail.isOn();
  }

  /** The rule of this name, of which there is always one. */
  public AlertRule rule(String name) {
    AlertRule rule = rules.get(name);
    if (rule == null) {
      throw new IllegalArgumentException("no rule is called " + name);
    }
    return rule;
  }

  private static AlertRule looking(double bound, int minutes) {
    return AlertRule.PLAIN.above(bound).over(Duration.ofMinutes(minutes));
  }

  /**
   * What counts as short.
   *
   * @param prompt most tokens of the prompt
   * @param output most tokens of the answer
   */
  public record Short(int prompt, int output) {
    public static final Short DEFAULT = new Short(1_000, 200);

    /** Whether an answer of which so much is known was short; one that had no output is none. */
    public boolean covers(Counts counts) {
      return counts.outputTokens() > 0
          && counts.outputTokens() <= output
          && counts.promptTokens() <= prompt;
    }
  }

  /**
   * Where each event is posted to.
   *
   * @param url empty for none; may be secret
   * @param slack whether in the form that Slack wants, instead of plain JSON
   * @param token sent as {@code Authorization: Bearer}; empty for none
   */
  public record Webhook(String url, boolean slack, String token) {
    public static final Webhook NONE = new Webhook("", false, "");

    public boolean isOn() {
      return !url.isEmpty();
    }

    /** Nothing secret. */
    @Override
    public String toString() {
      return "Webhook[" + (isOn() ? "on" : "off") + "]";
    }
  }

  /** How the way to a mail server is protected. */
  public enum Tls {
    STARTTLS,
    TLS,
    NONE
  }

  /**
   * Whom each event is mailed to.
   *
   * @param host of the SMTP server; empty for none
   * @param user empty for a server that wants none
   */
  public record Mail(
      String host, int port, Tls tls, String user, String password, String from, List<String> to) {
    public static final Mail NONE = new Mail("", 587, Tls.STARTTLS, "", "", "", List.of());

    public Mail {
      to = List.copyOf(to);
    }

    public boolean isOn() {
      return !host.isEmpty();
    }

    /** Nothing secret. */
    @Override
    public String toString() {
      return "Mail[" + host + ":" + port + "]";
    }
  }
}
