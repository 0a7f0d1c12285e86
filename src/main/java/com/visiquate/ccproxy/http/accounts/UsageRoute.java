package com.visiquate.ccproxy.http.accounts;

import com.visiquate.ccproxy.bus.RecordsMessage.UsageQuery;
import com.visiquate.ccproxy.http.accounts.AccountsClient.Untold;
import com.visiquate.ccproxy.http.view.FleetView;
import io.vertx.core.Future;
import java.util.List;
import java.util.function.Function;

/** What was used, by any column: {@code /ccproxy/usage}. */
final class UsageRoute {
  private static final List<String> KNOWN = List.of("from", "to", "by", "limit", "format");
  private static final int MOST = 10_000;
  private final Desk desk;
  private final FleetView fleet;

  UsageRoute(Desk desk, FleetView fleet) {
    this.desk = desk;
    this.fleet = fleet;
  }

  void mount() {
    desk.forms("/ccproxy/usage", this::answer);
  }

  private Future<Function<Desk.Form, String>> answer(Desk.Asked asked) {
    Question question = asked.question();
    Integer limit = question.number("limit", 0, MOST);
    if (limit == null) {
      return Future.failedFuture(new Untold(Question.notNumber("limit", MOST)));
    }
    String by = question.text("by", "model");
    UsageQuery query =
        new UsageQuery(
            question.text("from"),
            question.text("to"),
            by,
            question.filters(KNOWN),
            asked.key(),
            limit);
    String currency = fleet.plan().accounting().prices().currency();
    return desk.records()
        .usage(query)
        .map(rows -> form -> new UsageWords(rows, by, currency).in(form));
  }
}
