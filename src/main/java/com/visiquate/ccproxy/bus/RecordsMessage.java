package com.visiquate.ccproxy.bus;

import com.visiquate.ccproxy.chat.Failure;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What others ask of the records, and the answers. Moments of a question are as a person writes
 * them: {@code 2026-11-30}, {@code 2026-11-30T10:00:00Z}, or {@code 7d} for seven days ago.
 */
public sealed interface RecordsMessage extends BusMessage {
  /**
   * What was used?
   *
   * @param from empty for 30 days ago
   * @param to empty for now
   * @param by {@code all} or a column, e.g. {@code model}; {@code day,model} for each day by itself
   * @param filters values of columns; numbers may begin with {@code >}, {@code >=}, {@code <},
   *     {@code <=}
   * @param key sees only this key's own; null sees all
   * @param limit most rows, the largest users first; 0 for as many as are given at once
   */
  record UsageQuery(
      String from,
      String to,
      String by,
      Map<String, String> filters,
      @Nullable String key,
      int limit)
      implements RecordsMessage {
    public UsageQuery {
      filters = Map.copyOf(filters);
    }
  }

  /** The answer to {@link UsageQuery}. */
  sealed interface UsageReply extends RecordsMessage {}

  /**
   * What was used from one moment, included, to another.
   *
   * @param total of all, also of those that {@code limit} has left out
   * @param all how many rows there would be without a limit
   */
  record UsageRows(Instant from, Instant to, List<UsageRow> rows, Usage total, long all)
      implements UsageReply {
    public UsageRows {
      rows = List.copyOf(rows);
    }
  }

  /**
   * What was used by one value.
   *
   * @param day in UTC; null when the question was not by day
   * @param value of the column; empty for what has none
   */
  record UsageRow(@Nullable String day, String value, Usage usage) {}

  /**
   * Newest first.
   *
   * @param after what an earlier answer gives as {@code next}; empty for the newest
   * @param limit most rows; 0 for a page of the usual size
   */
  record RequestsQuery(
      String from,
      String to,
      Map<String, String> filters,
      @Nullable String key,
      String after,
      int limit)
      implements RecordsMessage {
    public RequestsQuery {
      filters = Map.copyOf(filters);
    }
  }

  /** The answer to {@link RequestsQuery}. */
  sealed interface RequestsReply extends RecordsMessage {}

  /**
   * One page.
   *
   * @param next where the next one begins; empty when this is the last
   */
  record RequestRows(List<RequestRecord> rows, String next) implements RequestsReply {
    public RequestRows {
      rows = List.copyOf(rows);
    }
  }

  /** What became of this one? */
  record RequestQuery(String id, @Nullable String key) implements RecordsMessage {}

  /** The answer to {@link RequestQuery}. */
  sealed interface RequestReply extends RecordsMessage {}

  /** Null when there is none, or none that the key may see. */
  record RequestFound(@Nullable RequestRecord request) implements RequestReply {}

  /** None of these questions can be answered so, or now. */
  record NotTold(Failure failure) implements UsageReply, RequestsReply, RequestReply {}

  /** How does the writing go? */
  record RecordsInquiry() implements RecordsMessage {}

  /**
   * The answer to {@link RecordsInquiry}.
   *
   * @param journalBytes what waits on disk for the database
   * @param droppedDetails records of which only the totals are kept, because the journal was full
   * @param lost records that could not even be written to the journal
   * @param awaySince since when the database does not answer; null when it does
   * @param lastError of the database or the journal; empty when there was none
   */
  record RecordsStatus(
      long journalBytes,
      long droppedDetails,
      long lost,
      @Nullable Instant awaySince,
      String lastError)
      implements RecordsMessage {
    /** The same, of a database that has not answered since then. */
    public RecordsStatus away(Instant since, String why) {
      return new RecordsStatus(journalBytes, droppedDetails, lost, since, why);
    }
  }
}
