package com.visiquate.ccproxy.http.exchange;

import com.visiquate.ccproxy.bus.ExchangeEnded.Contents;
import com.visiquate.ccproxy.bus.Fact.PromptCheck;
import com.visiquate.ccproxy.chat.Counts;
import com.visiquate.ccproxy.chat.Failure;
import com.visiquate.ccproxy.fleet.Outcome;
import com.visiquate.ccproxy.fleet.Placement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a request ended.
 *
 * @param status 0 when no response was begun
 * @param firstToken from the request to the first event of the answer
 * @param prompt how well its prompt was estimated; null when that is not known
 * @param dropped what of the request could not be honoured
 */
public record Report(
    Outcome outcome,
    int status,
    @Nullable Placement placement,
    @Nullable Duration firstToken,
    Counts counts,
    Contents contents,
    @Nullable PromptCheck prompt,
    List<String> dropped,
    @Nullable Failure failure,
    Instant at) {
  public Report {
    dropped = List.copyOf(dropped);
  }

  /** It never came to an answer. */
  public static Report early(Outcome outcome, int status, @Nullable Failure failure, Instant at) {
    return new Report(
        outcome, status, null, null, Counts.NONE, Contents.NONE, null, List.of(), failure, at);
  }
}
