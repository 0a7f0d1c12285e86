package com.visiquate.ccproxy.records.account;

import com.visiquate.ccproxy.bus.RequestRecord;
import com.visiquate.ccproxy.bus.RequestRecord.Asked;
import com.visiquate.ccproxy.bus.RequestRecord.Served;
import com.visiquate.ccproxy.fleet.Label;
import com.visiquate.ccproxy.records.row.Column;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** By what is summed up in advance, day by day. */
public enum Dimension {
  ALL(record -> ""),
  CLIENT(Column.CLIENT, asked(Asked::client)),
  KEY(Column.KEY, asked(Asked::key)),
  ALIAS(Column.ALIAS, asked(Asked::alias)),
  ROUTE(Column.ROUTE, asked(Asked::route)),
  DIALECT(Column.DIALECT, asked(Asked::dialect)),
  CONVERSATION(Column.CONVERSATION, asked(Asked::conversation)),
  SESSION(Column.SESSION, asked(Asked::session)),
  MODEL(Column.MODEL, served(Served::model)),
  /** Machine time is each backend's own; all the rest is that of where it ran last. */
  BACKEND(Column.BACKEND, served(Served::backend)),
  OUTCOME(Column.OUTCOME, served(Served::outcome)),
  FAILURE(Column.FAILURE, served(Served::failure)),
  NODE(Column.NODE, RequestRecord::node),
  HOUR(record -> hour(record.times().arrived())),
  /** Whoever called several counts for each of them. */
  TOOL(null);

  private static final int HOUR_LENGTH = 13;
  private final @Nullable Column column;
  private final @Nullable Function<RequestRecord, @Nullable String> value;

  Dimension(@Nullable Function<RequestRecord, @Nullable String> value) {
    this(null, value);
  }

  Dimension(@Nullable Column column, @Nullable Function<RequestRecord, @Nullable String> value) {
    this.column = column;
    this.value = value;
  }

  public String label() {
    return Label.of(this);
  }

  public static Optional<Dimension> named(String label) {
    return Stream.of(values()).filter(one -> one.label().equals(label)).findFirst();
  }

  /** Where its values are kept as they are; null when they are made of a column. */
  public @Nullable Column column() {
    return column;
  }

  /** Those that have about as many values as there are requests. */
  boolean isFine() {
    return this == CONVERSATION || this == SESSION;
  }

  /** The values that a record counts for; one that has none counts for the empty one. */
  Stream<String> values(RequestRecord record) {
    if (value == null) {
      return record.served().tools().isEmpty() ? Stream.of("") : record.served().tools().stream();
    }
    String one = value.apply(record);
    return Stream.of(one == null ? "" : one);
  }

  /** Hours are said as {@code 2026-11-30T09}. */
  public static String hour(long micros) {
    return Instant.EPOCH
        .plus(micros, ChronoUnit.MICROS)
        .atOffset(ZoneOffset.UTC)
        .toString()
        .substring(0, HOUR_LENGTH)
        .toUpperCase(Locale.ROOT);
  }

  private static Function<RequestRecord, @Nullable String> asked(
      Function<Asked, @Nullable String> value) {
    return record -> value.apply(record.asked());
  }

  private static Function<RequestRecord, @Nullable String> served(
      Function<Served, @Nullable String> value) {
    return record -> value.apply(record.served());
  }
}
