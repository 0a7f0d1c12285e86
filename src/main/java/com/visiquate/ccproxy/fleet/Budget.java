package com.visiquate.ccproxy.fleet;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.TemporalAdjusters;

/**
 * How much may be used in a period.
 *
 * @param name its name in messages, logs and alerts
 * @param scope whose use counts
 * @param amount how much, in the unit
 * @param warn the share of it from which on operators are warned, e.g. 0.8
 * @param hard whether requests are refused once it is used up
 */
public record Budget(
    String name, Scope scope, Unit unit, double amount, Period period, double warn, boolean hard) {
  public Budget {
    Expect.that(amount > 0, "amount", amount, "> 0");
    Expect.that(warn > 0 && warn <= 1, "warn", warn, "> 0 and <= 1");
  }

  /** Whose use counts. */
  public sealed interface Scope {}

  /** Everybody's. */
  public record All() implements Scope {}

  /** That of all who come in with this key. */
  public record OfKey(String key) implements Scope {}

  /** That of one client: its name, without its key's name before it. */
  public record OfClient(String client) implements Scope {}

  /** What is counted. */
  public enum Unit {
    MONEY,
    TOKENS,
    MACHINE_SECONDS
  }

  /** After what time it begins anew, by the calendar in UTC. */
  public enum Period {
    DAY,
    WEEK,
    MONTH;

    /** When the period began in which this instant lies. */
    public Instant begin(Instant now) {
      return first(LocalDate.ofInstant(now, ZoneOffset.UTC))
          .atStartOfDay()
          .toInstant(ZoneOffset.UTC);
    }

    /** When the next one begins. */
    public Instant end(Instant now) {
      LocalDate first = first(LocalDate.ofInstant(now, ZoneOffset.UTC));
      LocalDate next =
          switch (this) {
            case DAY -> first.plusDays(1);
            case WEEK -> first.plusWeeks(1);
            case MONTH -> first.plusMonths(1);
          };
      return next.atStartOfDay().toInstant(ZoneOffset.UTC);
    }

    private LocalDate first(LocalDate day) {
      return switch (this) {
        case DAY -> day;
        case WEEK -> day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
        case MONTH -> day.withDayOfMonth(1);
      };
    }
  }

  /**
   * Whether what this client uses with this key counts.
   *
   * @param key the key's name; empty without one
   */
  public boolean covers(String key, ClientId client) {
    return switch (scope) {
      case All() -> true;
      case OfKey(var name) -> name.equals(key);
      case OfClient(var name) -> {
        String whole = client.whole().value();
        yield whole.equals(name) || (!key.isEmpty() && whole.equals(key + "/" + name));
      }
    };
  }
}
