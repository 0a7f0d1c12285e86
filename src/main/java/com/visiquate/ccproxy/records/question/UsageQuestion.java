package com.visiquate.ccproxy.records.question;

import com.visiquate.ccproxy.bus.RecordsMessage.UsageQuery;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What was used, by what. */
public record UsageQuestion(
    Period period, Group group, List<Filter> filters, @Nullable String key, int limit) {
  private static final int USUAL = 1_000;
  private static final int MOST = 10_000;

  public UsageQuestion {
    filters = List.copyOf(filters);
  }

  public static UsageQuestion of(UsageQuery query, Instant now) throws NotUnderstood {
    return new UsageQuestion(
        Period.of(query.from(), query.to(), now),
        Group.of(query.by()),
        Filter.all(query.filters(), now),
        query.key(),
        query.limit() <= 0 ? USUAL : Math.min(query.limit(), MOST));
  }

  /** The same, all together. */
  public UsageQuestion whole() {
    return new UsageQuestion(period, group.whole(), filters, key, limit);
  }
}
