package com.visiquate.ccproxy.records.account;

import com.visiquate.ccproxy.bus.RequestRecord;
import com.visiquate.ccproxy.bus.RequestRecord.Asked;
import com.visiquate.ccproxy.bus.RequestRecord.Served;
import com.visiquate.ccproxy.fleet.Label;
import com.visiquate.ccproxy.records.row.Column;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
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

  static final List<Dimension> EVERY = List.of(values());

  private static final int HOUR_LENGTH = 13;
  private final @Nullable Column column;

  @SuppressWarnings("ImmutableEnumChecker") // only the functions above
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
  public boolean isFine() {
    return this == CONVERSATION || this == SESSION;
  }

  /** Tells each value that a record counts for; one that has none counts for the empty one. */
  void forEachValue(RequestRecord record, Consumer<String> each) {
    if (value == null) {
      List<String> tools = record.served().tools();
      if (tools.isEmpty()) {
        each.accept("");
      }
      tools.forEach(each);
    } else {
      String one = value.apply(record);
      each.accept(one == null ? "" : one);
    }
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
