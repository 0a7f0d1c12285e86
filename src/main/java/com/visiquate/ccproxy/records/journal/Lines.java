package com.visiquate.ccproxy.records.journal;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.visiquate.ccproxy.bus.RequestRecord;
import com.visiquate.ccproxy.bus.RequestRecord.Price;
import com.visiquate.ccproxy.bus.RequestRecord.Tokens;
import com.visiquate.ccproxy.records.account.Entry;
import com.visiquate.ccproxy.records.row.Column;
import com.visiquate.ccproxy.records.row.Row;
import com.visiquate.ccproxy.records.row.SlotText;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Entries as lines of JSON. */
public final class Lines {
  private static final JsonFactory JSON = new JsonFactory();
  private static final String WAS = "was";
  private static final Map<String, Column> COLUMNS =
      Column.ALL.stream().collect(Collectors.toMap(Column::label, Function.identity()));

  private Lines() {}

  /** One line each, with what was before. */
  static byte[] entries(List<Entry> entries) throws IOException {
    return write(entries, true);
  }

  /** One line each, as they are now. */
  public static byte[] records(List<Entry> entries) throws IOException {
    return write(entries, false);
  }

  private static byte[] write(List<Entry> entries, boolean whole) throws IOException {
    ByteArrayOutputStream lines = new ByteArrayOutputStream(entries.size() * 800);
    for (Entry entry : entries) {
      try (JsonGenerator json = JSON.createGenerator(lines)) {
        json.writeStartObject();
        write(json, Column.ALL, entry.now());
        if (whole && entry.before() != null) {
          json.writeObjectFieldStart(WAS);
          write(json, Column.REVISED, entry.before());
          json.writeEndObject();
        }
        json.writeEndObject();
      }
      lines.write('\n');
    }
    return lines.toByteArray();
  }

  private static void write(JsonGenerator json, List<Column> columns, RequestRecord record)
      throws IOException {
    for (Column column : columns) {
      switch (column.of(record)) {
        case Long number -> json.writeNumberField(column.label(), number);
        case Double number -> json.writeNumberField(column.label(), number);
        case String text -> json.writeStringField(column.label(), text);
        case null, default -> {}
      }
    }
  }

  /** Fails when it is no such line. */
  static Entry entry(byte[] bytes, int from, int length) throws IOException {
    try (JsonParser json = JSON.createParser(bytes, from, length)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        throw new IOException("no JSON object");
      }
      Row now = new Row();
      Map<Column, Object> was = new HashMap<>();
      boolean revised = read(json, now, was);
      RequestRecord record = now.record();
      return new Entry(record, revised ? before(record, was) : null);
    }
  }

  private static boolean read(JsonParser json, Row now, Map<Column, Object> was)
      throws IOException {
    boolean revised = false;
    while (json.nextToken() != JsonToken.END_OBJECT) {
      String name = json.currentName();
      json.nextToken();
      if (name.equals(WAS)) {
        revised = true;
        readBefore(json, was);
      } else {
        Column column = COLUMNS.get(name);
        if (column != null) {
          now.set(column, value(json, column));
        }
      }
    }
    return revised;
  }

  private static void readBefore(JsonParser json, Map<Column, Object> was) throws IOException {
    while (json.nextToken() != JsonToken.END_OBJECT) {
      Column column = COLUMNS.get(json.currentName());
      json.nextToken();
      if (column != null) {
        was.put(column, value(json, column));
      }
    }
  }

  private static Object value(JsonParser json, Column column) throws IOException {
    return switch (column.kind()) {
      case TEXT -> json.getText();
      case NUMBER -> json.getLongValue();
      case REAL -> json.getDoubleValue();
    };
  }

  private static RequestRecord before(RequestRecord now, Map<Column, Object> was) {
    RequestRecord counted = now.counted(tokens(now.tokens(), was));
    return counted.revised(
        (int) number(was.get(Column.REVISION)).longValue(),
        SlotText.read(
            (String) was.get(Column.SLOTS),
            now.served().backend(),
            number(was.get(Column.MACHINE_US)).longValue()),
        new Price(
            number(was.get(Column.COST)).doubleValue(),
            number(was.get(Column.SAVED)).doubleValue()));
  }

  /** What is not said was the same. */
  private static Tokens tokens(Tokens now, Map<Column, Object> was) {
    return new Tokens(
        now.prompt(),
        number(was.getOrDefault(Column.CACHED_TOKENS, now.cached())).longValue(),
        now.output(),
        now.thinking(),
        number(was.getOrDefault(Column.LOST_TOKENS, now.lost())).longValue(),
        now.lostWhere());
  }

  private static Number number(@Nullable Object value) {
    return value instanceof Number number ? number : 0L;
  }
}
