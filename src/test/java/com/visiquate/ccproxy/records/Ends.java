package com.visiquate.ccproxy.records;

import com.visiquate.ccproxy.bus.ExchangeEnded;
import com.visiquate.ccproxy.bus.ExchangeEnded.Asked;
import com.visiquate.ccproxy.bus.ExchangeEnded.Contents;
import com.visiquate.ccproxy.bus.ExchangeEnded.Conversation;
import com.visiquate.ccproxy.bus.ScheduleEvent.SlotFreed;
import com.visiquate.ccproxy.chat.Counts;
import com.visiquate.ccproxy.fleet.BackendId;
import com.visiquate.ccproxy.fleet.ClientId;
import com.visiquate.ccproxy.fleet.ExchangeId;
import com.visiquate.ccproxy.fleet.ModelName;
import com.visiquate.ccproxy.fleet.Outcome;
import com.visiquate.ccproxy.fleet.Placement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;

/** How exchanges ended, for tests. */
public final class Ends {
  public static final Instant NOON = Instant.parse("2026-11-15T12:00:00Z");
  private static final List<Outcome> OUTCOMES = List.of(Outcome.values());
  static final List<String> MODELS = List.of("qwen", "llama", "gemma");
  private static final List<String> TOOLS = List.of("bash", "edit", "read");

  private Ends() {}

  /** One that has nothing special. */
  public static ExchangeEnded plain(String id, Instant arrived) {
    return of(id, arrived, "qwen", "agents", "c1", Outcome.COMPLETED, List.of("bash"));
  }

  /** One of many that differ. */
  public static ExchangeEnded random(String id, Instant arrived, Random random) {
    Outcome outcome =
        random.nextInt(5) > 0 ? Outcome.COMPLETED : OUTCOMES.get(random.nextInt(OUTCOMES.size()));
    List<String> tools = TOOLS.subList(0, random.nextInt(TOOLS.size() + 1));
    String model = MODELS.get(random.nextInt(MODELS.size()));
    String conversation = "c" + random.nextInt(8);
    return of(id, arrived, model, "key" + random.nextInt(3), conversation, outcome, tools);
  }

  public static ExchangeEnded of(
      String id,
      Instant arrived,
      String model,
      String key,
      String conversation,
      Outcome outcome,
      List<String> tools) {
    Asked asked =
        new Asked(
            "/v1/chat/completions",
            "openai_chat",
            true,
            "coding",
            new ClientId("agent-" + conversation),
            key,
            new Conversation(conversation, null, null),
            null,
            arrived);
    return new ExchangeEnded(
        new ExchangeId(id),
        asked,
        new Placement(new BackendId("gpu-1"), new ModelName(model), 1, Duration.ofMillis(250)),
        outcome,
        200,
        Duration.ofMillis(700),
        Duration.ofSeconds(3),
        new Counts(1_000, 800, 50, 0, 400_000_000, 2_000_000_000),
        new Contents(tools, 10),
        null,
        null);
  }

  public static SlotFreed freed(String id, String backend, long millis) {
    return new SlotFreed(
        new ExchangeId(id),
        new BackendId(backend),
        new ModelName("qwen"),
        Duration.ofMillis(millis));
  }
}
