package com.visiquate.ccproxy.load;

import static io.gatling.javaapi.core.CoreDsl.constantConcurrentUsers;
import static io.gatling.javaapi.core.CoreDsl.exec;
import static io.gatling.javaapi.core.CoreDsl.scenario;

import io.gatling.javaapi.core.Simulation;
import java.time.Duration;

/** As many agents as work on an ordinary day, each asking again as soon as it has been answered. */
public final class Steady extends Simulation {
  private static final int AGENTS = Integer.getInteger("agents", 40);
  private static final Duration TIME = Duration.ofSeconds(Integer.getInteger("seconds", 40));

  /** Describes the run; Gatling finds it by this constructor. */
  public Steady() {
    setUp(
            scenario("agents at work")
                .exec(exec(Chats.mix()))
                .injectClosed(constantConcurrentUsers(AGENTS).during(TIME)))
        .protocols(Chats.gateway())
        .assertions(
            Chats.nothingFails(),
            Chats.somethingIsAsked("streamed chat"),
            Chats.somethingIsAsked("whole chat"));
  }
}
