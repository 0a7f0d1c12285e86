package com.visiquate.ccproxy.records.row;

import com.visiquate.ccproxy.bus.RequestRecord;
import com.visiquate.ccproxy.bus.RequestRecord.Asked;
import com.visiquate.ccproxy.bus.RequestRecord.Price;
import com.visiquate.ccproxy.bus.RequestRecord.Served;
import com.visiquate.ccproxy.bus.RequestRecord.Times;
import com.visiquate.ccproxy.bus.RequestRecord.Tokens;
import com.visiquate.ccproxy.fleet.Label;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What is kept of a request, in the order of the table. */
public enum Column {
  ID(Kind.TEXT, RequestRecord::id),
  REVISION(Kind.NUMBER, record -> (long) record.revision()),
  NODE(Kind.TEXT, RequestRecord::node),
  ARRIVED(Kind.NUMBER, times(Times::arrived)),
  FIRST_TOKEN(Kind.NUMBER, times(Times::firstToken)),
  ENDED(Kind.NUMBER, times(Times::ended)),
  ROUTE(Kind.TEXT, asked(Asked::route)),
  DIALECT(Kind.TEXT, asked(Asked::dialect)),
  STREAMED(Kind.NUMBER, asked(asked -> flag(asked.streamed()))),
  ALIAS(Kind.TEXT, asked(Asked::alias)),
  CLIENT(Kind.TEXT, asked(Asked::client)),
  KEY("api_key", Kind.TEXT, asked(Asked::key)),
  CONVERSATION(Kind.TEXT, asked(Asked::conversation)),
  SESSION(Kind.TEXT, asked(Asked::session)),
  PARENT(Kind.TEXT, asked(Asked::parent)),
  MODEL(Kind.TEXT, served(Served::model)),
  BACKEND(Kind.TEXT, served(Served::backend)),
  INSTEAD_OF(Kind.TEXT, served(Served::insteadOf)),
  OUTCOME(Kind.TEXT, served(Served::outcome)),
  STATUS(Kind.NUMBER, served(served -> (long) served.status())),
  FAILURE(Kind.TEXT, served(Served::failure)),
  ATTEMPTS(Kind.NUMBER, served(served -> (long) served.attempts())),
  /** Names with commas between them. */
  TOOLS(Kind.TEXT, served(served -> String.join(",", served.tools()))),
  CACHE_HIT(Kind.NUMBER, served(served -> flag(served.cacheHit()))),
  QUEUE_US(Kind.NUMBER, times(Times::queue)),
  LOAD_US(Kind.NUMBER, times(Times::load)),
  PROMPT_US(Kind.NUMBER, times(Times::prompt)),
  OUTPUT_US(Kind.NUMBER, times(Times::output)),
  PROMPT_TOKENS(Kind.NUMBER, tokens(Tokens::prompt)),
  CACHED_TOKENS(Kind.NUMBER, tokens(Tokens::cached)),
  OUTPUT_TOKENS(Kind.NUMBER, tokens(Tokens::output)),
  THINKING_TOKENS(Kind.NUMBER, tokens(Tokens::thinking)),
  LOST_TOKENS(Kind.NUMBER, tokens(Tokens::lost)),
  LOST_WHERE(Kind.TEXT, tokens(Tokens::lostWhere)),
  MACHINE_US(Kind.NUMBER, record -> record.slots().micros()),
  /** As JSON, when it is not the backend's alone. */
  SLOTS(Kind.TEXT, SlotText::write),
  COST(Kind.REAL, price(Price::cost)),
  SAVED(Kind.REAL, price(Price::saved));

  public static final List<Column> ALL = List.of(values());

  /** What a later revision may say otherwise. */
  public static final List<Column> REVISED =
      List.of(REVISION, CACHED_TOKENS, LOST_TOKENS, MACHINE_US, SLOTS, COST, SAVED);

  /** What is in a column. */
  public enum Kind {
    TEXT,
    NUMBER,
    REAL
  }

  private final String sql;
  private final Kind kind;

  @SuppressWarnings("ImmutableEnumChecker") // only the functions above
  private final Function<RequestRecord, @Nullable Object> value;

  Column(Kind kind, Function<RequestRecord, @Nullable Object> value) {
    this("", kind, value);
  }

  Column(String sql, Kind kind, Function<RequestRecord, @Nullable Object> value) {
    this.sql = sql;
    this.kind = kind;
    this.value = value;
  }

  /** Its name in questions and in JSON. */
  public String label() {
    return Label.of(this);
  }

  /** Its name in the table; {@code key} is a word of SQL. */
  public String sql() {
    return sql.isEmpty() ? label() : sql;
  }

  public Kind kind() {
    return kind;
  }

  /** Of a record: a text, a long, a double or null. */
  public @Nullable Object of(RequestRecord record) {
    return value.apply(record);
  }

  /** All names. */
  public static List<String> labels() {
    return Stream.of(values()).map(Column::label).toList();
  }

  private static Function<RequestRecord, @Nullable Object> asked(
      Function<Asked, @Nullable Object> value) {
    return record -> value.apply(record.asked());
  }

  private static Function<RequestRecord, @Nullable Object> served(
      Function<Served, @Nullable Object> value) {
    return record -> value.apply(record.served());
  }

  private static Function<RequestRecord, @Nullable Object> times(
      Function<Times, @Nullable Object> value) {
    return record -> value.apply(record.times());
  }

  private static Function<RequestRecord, @Nullable Object> tokens(
      Function<Tokens, @Nullable Object> value) {
    return record -> value.apply(record.tokens());
  }

  private static Function<RequestRecord, @Nullable Object> price(
      Function<Price, @Nullable Object> value) {
    return record -> value.apply(record.price());
  }

  private static long flag(boolean is) {
    return is ? 1 : 0;
  }
}
