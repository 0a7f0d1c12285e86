package com.visiquate.ccproxy.http.accounts;

import com.visiquate.ccproxy.bus.RecordsMessage.RequestQuery;
import com.visiquate.ccproxy.bus.RecordsMessage.RequestsQuery;
import com.visiquate.ccproxy.bus.RequestRecord;
import com.visiquate.ccproxy.http.accounts.AccountsClient.Untold;
import com.visiquate.ccproxy.http.reply.Refusal;
import io.vertx.core.Future;
import java.util.List;
import java.util.function.Function;

/** What became of each request: {@code /ccproxy/requests}, and one by its id. */
final class RequestsRoute {
  private static final List<String> KNOWN = List.of("from", "to", "after", "limit", "format");
  private static final int MOST = 1_000;
  private final Desk desk;

  RequestsRoute(Desk desk) {
    this.desk = desk;
  }

  void mount() {
    desk.forms("/ccproxy/requests", this::page);
    desk.json("/ccproxy/requests/:id", this::one);
  }

  private Future<Function<Desk.Form, String>> page(Desk.Asked asked) {
    Question question = asked.question();
    Integer limit = question.number("limit", 0, MOST);
    if (limit == null) {
      return Future.failedFuture(new Untold(Question.notNumber("limit", MOST)));
    }
    RequestsQuery query =
        new RequestsQuery(
            question.text("from"),
            question.text("to"),
            question.filters(KNOWN),
            asked.key(),
            question.text("after"),
            limit);
    return desk.records().requests(query).map(rows -> form -> RequestWords.page(rows, form));
  }

  private Future<String> one(Desk.Asked asked) {
    return desk.records()
        .request(new RequestQuery(asked.id(), asked.key()))
        .map(
            found -> {
              RequestRecord request = found.request();
              if (request == null) {
                throw new Untold(Refusal.noSuchRequest());
              }
              return RequestWords.json(request).encodePrettily() + "\n";
            });
  }
}
