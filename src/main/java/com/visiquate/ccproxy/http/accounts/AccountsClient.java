package com.visiquate.ccproxy.http.accounts;

import com.visiquate.ccproxy.bus.Address;
import com.visiquate.ccproxy.bus.Bus;
import com.visiquate.ccproxy.bus.RecordsMessage;
import com.visiquate.ccproxy.bus.RecordsMessage.NotTold;
import com.visiquate.ccproxy.bus.RecordsMessage.RequestFound;
import com.visiquate.ccproxy.bus.RecordsMessage.RequestQuery;
import com.visiquate.ccproxy.bus.RecordsMessage.RequestRows;
import com.visiquate.ccproxy.bus.RecordsMessage.RequestsQuery;
import com.visiquate.ccproxy.bus.RecordsMessage.UsageQuery;
import com.visiquate.ccproxy.bus.RecordsMessage.UsageRows;
import com.visiquate.ccproxy.chat.Failure;
import com.visiquate.ccproxy.http.reply.Refusal;
import io.vertx.core.Future;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import java.time.Duration;

/** Asks the records; what they do not tell fails with {@link Untold}. */
final class AccountsClient {
  /** A summary over years may take its time. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private static final Failure OFF =
      Failure.invalid(
          "This gateway keeps no records; set records.file or records.url in its configuration.",
          null,
          "records_off");

  private final Bus bus;

  AccountsClient(Bus bus) {
    this.bus = bus;
  }

  Future<UsageRows> usage(UsageQuery query) {
    return told(bus.ask(Address.RECORDS_USAGE, query, PATIENCE), UsageRows.class);
  }

  Future<RequestRows> requests(RequestsQuery query) {
    return told(bus.ask(Address.RECORDS_REQUESTS, query, PATIENCE), RequestRows.class);
  }

  Future<RequestFound> request(RequestQuery query) {
    return told(bus.ask(Address.RECORDS_REQUEST, query, PATIENCE), RequestFound.class);
  }

  private static <T> Future<T> told(Future<? extends RecordsMessage> answer, Class<T> type) {
    return answer
        .<RecordsMessage>map(reply -> reply)
        .recover(silence -> Future.failedFuture(new Untold(silent(silence))))
        .compose(
            reply ->
                reply instanceof NotTold(var failure)
                    ? Future.failedFuture(new Untold(failure))
                    : Future.succeededFuture(type.cast(reply)));
  }

  private static Failure silent(Throwable cause) {
    boolean off =
        cause instanceof ReplyException reply && reply.failureType() == ReplyFailure.NO_HANDLERS;
    return off ? OFF : Failure.notReady();
  }

  /** Why a question has no answer. */
  static final class Untold extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final transient Refusal refusal;

    Untold(Failure failure) {
      this(Refusal.of(failure));
    }

    Untold(Refusal refusal) {
      super(refusal.failure().message(), null, false, false);
      this.refusal = refusal;
    }

    Refusal refusal() {
      return refusal;
    }
  }
}
