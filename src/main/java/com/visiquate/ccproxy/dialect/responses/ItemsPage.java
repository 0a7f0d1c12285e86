package com.visiquate.ccproxy.dialect.responses;

import org.jspecify.annotations.Nullable;

/**
 * Which of a response's input items a client wants to see.
 *
 * @param after the id of the last item that it has seen; null for the first page
 * @param limit 1 to 100
 * @param oldestFirst the newest come first otherwise
 */
public record ItemsPage(@Nullable String after, int limit, boolean oldestFirst) {
  private static final int USUAL = 20;
  private static final int MOST = 100;

  /** The page that the query's texts ask for; what makes no sense counts as not said. */
  public static ItemsPage of(
      @Nullable String after, @Nullable String limit, @Nullable String order) {
    return new ItemsPage(after, limit(limit), "asc".equals(order));
  }

  private static int limit(@Nullable String limit) {
    return limit == null || !limit.matches("[0-9]{1,4}")
        ? USUAL
        : Math.clamp(Integer.parseInt(limit), 1, MOST);
  }
}
