package com.visiquate.ccproxy.records.question;

import com.visiquate.ccproxy.bus.RecordsMessage.RequestsQuery;
import com.visiquate.ccproxy.bus.RequestRecord;
import java.time.Instant;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which requests, newest first.
 *
 * @param after the last one of the page before; null for the first page
 */
public record PageQuestion(
    Period period, List<Filter> filters, @Nullable String key, @Nullable Cursor after, int limit) {
  private static final int USUAL = 100;
  private static final int MOST = 1_000;
  private static final Pattern CURSOR = Pattern.compile("(\\d{1,18})\\.(.+)");

  /** A place between two requests. */
  public record Cursor(long arrived, String id) {
    public static Cursor at(RequestRecord record) {
      return new Cursor(record.times().arrived(), record.id());
    }

    /** As it is handed out. */
    public String text() {
      return arrived + "." + id;
    }
  }

  public PageQuestion {
    filters = List.copyOf(filters);
  }

  public static PageQuestion of(RequestsQuery query, Instant now) throws NotUnderstood {
    return new PageQuestion(
        Period.of(query.from(), query.to(), now),
        Filter.all(query.filters(), now),
        query.key(),
        query.after().isEmpty() ? null : cursor(query.after()),
        query.limit() <= 0 ? USUAL : Math.min(query.limit(), MOST));
  }

  private static Cursor cursor(String text) throws NotUnderstood {
    Matcher parts = CURSOR.matcher(text);
    if (!parts.matches()) {
      throw new NotUnderstood("after: expected: the next of an earlier page", "after");
    }
    return new Cursor(Long.parseLong(parts.group(1)), parts.group(2));
  }
}
