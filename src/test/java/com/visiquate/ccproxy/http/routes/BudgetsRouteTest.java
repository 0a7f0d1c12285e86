package com.visiquate.ccproxy.http.routes;

import static org.assertj.core.api.Assertions.assertThat;

import com.visiquate.ccproxy.bus.Address;
import com.visiquate.ccproxy.bus.BudgetMessage.BudgetsFound;
import com.visiquate.ccproxy.bus.RecordsNews.BudgetStands;
import com.visiquate.ccproxy.http.Gateway;
import com.visiquate.ccproxy.http.RawClient;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How budgets stand, as the console asks for it. */
@Timeout(60)
final class BudgetsRouteTest {
  private Gateway gateway;

  @BeforeEach
  void start() throws Exception {
    gateway = new Gateway();
  }

  @AfterEach
  void stop() throws Exception {
    gateway.close();
  }

  @Test
  void tellsHowEachStands() throws Exception {
    BudgetStands team =
        new BudgetStands("team", 0.83, 0.8, "33 of 40 USD", Instant.parse("2026-12-01T00:00:00Z"));
    gateway.stages.bus().answer(Address.BUDGETS_FIND, inquiry -> new BudgetsFound(List.of(team)));

    JsonObject budget = json().getJsonArray("budgets").getJsonObject(0);

    assertThat(budget.getString("name")).isEqualTo("team");
    assertThat(budget.getDouble("share")).isEqualTo(0.83);
    assertThat(budget.getDouble("warn")).isEqualTo(0.8);
    assertThat(budget.getString("text")).isEqualTo("33 of 40 USD");
    assertThat(budget.getString("resets_at")).isEqualTo("2026-12-01T00:00:00Z");
  }

  @Test
  void tellsOfNoneWithoutRecords() throws Exception {
    assertThat(json().getJsonArray("budgets")).isEmpty();
  }

  private JsonObject json() throws IOException {
    try (RawClient client = gateway.client()) {
      client.send("GET /ccproxy/budgets HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n");
      String answer = client.rest();
      assertThat(answer).startsWith("HTTP/1.1 200 ");
      return new JsonObject(answer.substring(answer.indexOf("\r\n\r\n") + 4));
    }
  }
}
