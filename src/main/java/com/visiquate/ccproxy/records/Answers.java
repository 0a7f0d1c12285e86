package com.visiquate.ccproxy.records;

import com.visiquate.ccproxy.bus.RecordsMessage.NotTold;
import com.visiquate.ccproxy.bus.RecordsMessage.RequestQuery;
import com.visiquate.ccproxy.bus.RecordsMessage.RequestReply;
import com.visiquate.ccproxy.bus.RecordsMessage.RequestsQuery;
import com.visiquate.ccproxy.bus.RecordsMessage.RequestsReply;
import com.visiquate.ccproxy.bus.RecordsMessage.UsageQuery;
import com.visiquate.ccproxy.bus.RecordsMessage.UsageReply;
import com.visiquate.ccproxy.chat.Failure;
import com.visiquate.ccproxy.records.question.NotUnderstood;
import com.visiquate.ccproxy.records.question.PageQuestion;
import com.visiquate.ccproxy.records.question.UsageQuestion;
import com.visiquate.ccproxy.records.table.RecordsReader;
import com.visiquate.ccproxy.store.Database;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers what others ask, or says why not; for threads that may wait. */
final class Answers {
  private static final Logger LOG = LoggerFactory.getLogger(Answers.class);
  private static final Duration SOON = Duration.ofSeconds(10);
  private final Opening opening;
  private final InstantSource clock;

  Answers(Opening opening, InstantSource clock) {
    this.opening = opening;
    this.clock = clock;
  }

  @FunctionalInterface
  private interface Question<T> {
    T askedOf(RecordsReader reader) throws SQLException;
  }

  UsageReply usage(UsageQuery query) {
    try {
      UsageQuestion question = UsageQuestion.of(query, clock.instant());
      Optional<? extends UsageReply> answer = ask(reader -> reader.usage(question));
      return answer.isPresent() ? answer.get() : away();
    } catch (NotUnderstood broken) {
      return new NotTold(broken.failure());
    }
  }

  RequestsReply requests(RequestsQuery query) {
    try {
      PageQuestion question = PageQuestion.of(query, clock.instant());
      Optional<? extends RequestsReply> answer = ask(reader -> reader.requests(question));
      return answer.isPresent() ? answer.get() : away();
    } catch (NotUnderstood broken) {
      return new NotTold(broken.failure());
    }
  }

  RequestReply request(RequestQuery query) {
    Optional<? extends RequestReply> answer =
        ask(reader -> reader.request(query.id(), query.key()));
    return answer.isPresent() ? answer.get() : away();
  }

  /** Empty while the database is away. */
  private <T> Optional<T> ask(Question<T> question) {
    Optional<Database> database = opening.opened();
    if (database.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(question.askedOf(new RecordsReader(database.get())));
    } catch (SQLException failed) {
      LOG.atWarn().setCause(failed).log("{} does not answer a question", opening.name());
      return Optional.empty();
    }
  }

  private static NotTold away() {
    return new NotTold(
        Failure.of(
                Failure.Kind.NO_BACKEND,
                "The database of the records does not answer now; please retry.")
            .retryingAfter(SOON));
  }
}
