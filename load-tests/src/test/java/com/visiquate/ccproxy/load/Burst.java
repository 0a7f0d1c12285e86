package com.visiquate.ccproxy.load;

import static io.gatling.javaapi.core.CoreDsl.atOnceUsers;
import static io.gatling.javaapi.core.CoreDsl.exec;
import static io.gatling.javaapi.core.CoreDsl.nothingFor;
import static io.gatling.javaapi.core.CoreDsl.scenario;

import io.gatling.javaapi.core.Simulation;
import java.time.Duration;

/**
 * A crowd at once, and then a crowd of three times the size: everybody waits, nobody is turned
 * away.
 */
public final class Burst extends Simulation {
  private static final int CROWD = Integer.getInteger("crowd", 100);
  private static final Duration BETWEEN = Duration.ofSeconds(Integer.getInteger("seconds", 15));

  /** Describes the run; Gatling finds it by this constructor. */
  public Burst() {
    setUp(
            scenario("a crowd")
                .exec(exec(Chats.mix()))
                .injectOpen(atOnceUsers(CROWD), nothingFor(BETWEEN), atOnceUsers(3 * CROWD)))
        .protocols(Chats.gateway())
        .assertions(
            Chats.nothingFails(),
            Chats.somethingIsAsked("streamed chat"),
            Chats.somethingIsAsked("whole chat"));
  }
}
