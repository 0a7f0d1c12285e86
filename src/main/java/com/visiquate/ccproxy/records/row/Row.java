package com.visiquate.ccproxy.records.row;

import com.visiquate.ccproxy.bus.RequestRecord;
import com.visiquate.ccproxy.bus.RequestRecord.Asked;
import com.visiquate.ccproxy.bus.RequestRecord.Price;
import com.visiquate.ccproxy.bus.RequestRecord.Served;
import com.visiquate.ccproxy.bus.RequestRecord.Times;
import com.visiquate.ccproxy.bus.RequestRecord.Tokens;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The cells of a record, by column. */
public final class Row {
  private final Map<Column, Object> cells = new EnumMap<>(Column.class);

  public void set(Column column, @Nullable Object value) {
    if (value != null) {
      cells.put(column, value);
    }
  }

  /** The cells of a record, in the order of the columns. */
  public static @Nullable Object[] cells(RequestRecord record) {
    @Nullable Object[] cells = new @Nullable Object[Column.ALL.size()];
    for (int i = 0; i < cells.length; i++) {
      cells[i] = Column.ALL.get(i).of(record);
    }
    return cells;
  }

  /** The record that has these cells. */
  public RequestRecord record() {
    return new RequestRecord(
        text(Column.ID),
        (int) number(Column.REVISION),
        text(Column.NODE),
        asked(),
        served(),
        times(),
        tokens(),
        SlotText.read(maybe(Column.SLOTS), maybe(Column.BACKEND), number(Column.MACHINE_US)),
        new Price(real(Column.COST), real(Column.SAVED)));
  }

  private Asked asked() {
    return new Asked(
        text(Column.ROUTE),
        text(Column.DIALECT),
        number(Column.STREAMED) != 0,
        text(Column.ALIAS),
        text(Column.CLIENT),
        maybe(Column.KEY),
        maybe(Column.CONVERSATION),
        maybe(Column.SESSION),
        maybe(Column.PARENT));
  }

  private Served served() {
    String tools = text(Column.TOOLS);
    return new Served(
        maybe(Column.MODEL),
        maybe(Column.BACKEND),
        maybe(Column.INSTEAD_OF),
        text(Column.OUTCOME),
        (int) number(Column.STATUS),
        maybe(Column.FAILURE),
        (int) number(Column.ATTEMPTS),
        tools.isEmpty() ? List.of() : List.of(tools.split(",", -1)),
        number(Column.CACHE_HIT) != 0);
  }

  private Times times() {
    return new Times(
        number(Column.ARRIVED),
        (Long) cells.get(Column.FIRST_TOKEN),
        number(Column.ENDED),
        number(Column.QUEUE_US),
        number(Column.LOAD_US),
        number(Column.PROMPT_US),
        number(Column.OUTPUT_US));
  }

  private Tokens tokens() {
    return new Tokens(
        number(Column.PROMPT_TOKENS),
        number(Column.CACHED_TOKENS),
        number(Column.OUTPUT_TOKENS),
        number(Column.THINKING_TOKENS),
        number(Column.LOST_TOKENS),
        maybe(Column.LOST_WHERE));
  }

  private String text(Column column) {
    return Objects.requireNonNullElse(maybe(column), "");
  }

  private @Nullable String maybe(Column column) {
    return (String) cells.get(column);
  }

  private long number(Column column) {
    return cells.get(column) instanceof Long number ? number : 0;
  }

  private double real(Column column) {
    return cells.get(column) instanceof Double number ? number : 0;
  }
}
