package com.visiquate.ccproxy.simulator;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.visiquate.ccproxy.simulator.engine.Ledger;
import com.visiquate.ccproxy.simulator.engine.Occupancy;
import com.visiquate.ccproxy.simulator.engine.WallClock;
import com.visiquate.ccproxy.simulator.fault.Extent;
import com.visiquate.ccproxy.simulator.fault.Fault;
import com.visiquate.ccproxy.simulator.fault.FaultPlan;
import com.visiquate.ccproxy.simulator.wire.Refusal;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.List;

/**
 * What shell users steer a server with: {@code GET /__seen} shows its counters, {@code GET
 * /__slots} who has held its slots, {@code POST /__fault} with {@code
 * {"fault":"reset","after":3,"next":1}} arms a fault, and an empty body heals.
 */
final class Control {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Ledger ledger;
  private final FaultPlan faults;
  private final WallClock clock;

  Control(Ledger ledger, FaultPlan faults, WallClock clock) {
    this.ledger = ledger;
    this.faults = faults;
    this.clock = clock;
  }

  static boolean handles(String path) {
    return path.equals("/__seen") || path.equals("/__slots") || path.equals("/__fault");
  }

  void serve(String path, HttpServerRequest request, Reply reply) {
    switch (path) {
      case "/__seen" -> reply.json(JSON.valueToTree(ledger.seen()).toString());
      case "/__slots" -> reply.json(JSON.valueToTree(occupancies()).toString());
      default -> request.body().onSuccess(body -> arm(body.toString(), reply));
    }
  }

  private List<Occupancy> occupancies() {
    return ledger.occupancies().stream().map(past -> past.dated(clock)).toList();
  }

  private void arm(String body, Reply reply) {
    if (body.isBlank()) {
      faults.heal();
      reply.json("{}");
      return;
    }
    try {
      JsonNode wish = JSON.readTree(body);
      faults.inject(fault(wish), extent(wish));
      reply.json("{}");
    } catch (JsonProcessingException | IllegalArgumentException e) {
      reply.refuse(Refusal.error(400, "expected {\"fault\":name,…}: " + e.getMessage()));
    }
  }

  private static Extent extent(JsonNode wish) {
    if (wish.has("share")) {
      return new Extent.Share(wish.path("share").asDouble());
    }
    return wish.has("next") ? new Extent.Next(wish.path("next").asInt(1)) : new Extent.Always();
  }

  private static Fault fault(JsonNode wish) {
    int after = wish.path("after").asInt(1);
    String message = wish.path("message").asText("simulated");
    return switch (wish.path("fault").asText()) {
      case "hang" -> new Fault.Hang();
      case "slow" -> new Fault.Slow(wish.path("factor").asDouble(4));
      case "status" -> Fault.Status.error(wish.path("status").asInt(500), message);
      case "malformed" -> new Fault.MalformedLine(after);
      case "torn" -> new Fault.Torn();
      case "reset" -> new Fault.Reset(after);
      case "silent-end" -> new Fault.SilentEnd(after);
      case "truncated" -> new Fault.Truncated(after);
      case "error-line" -> Fault.ErrorLine.runnerKilled(after);
      case "slow-ps" -> new Fault.SlowPs(Duration.ofMillis(wish.path("millis").asLong(5000)));
      default -> throw new IllegalArgumentException("no such fault");
    };
  }
}
