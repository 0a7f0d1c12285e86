package com.visiquate.ccproxy.records;

import com.visiquate.ccproxy.bus.RequestRecord;
import com.visiquate.ccproxy.bus.RequestRecord.Asked;
import com.visiquate.ccproxy.bus.RequestRecord.Price;
import com.visiquate.ccproxy.bus.RequestRecord.Served;
import com.visiquate.ccproxy.bus.RequestRecord.SlotUse;
import com.visiquate.ccproxy.bus.RequestRecord.Slots;
import com.visiquate.ccproxy.bus.RequestRecord.Times;
import com.visiquate.ccproxy.bus.RequestRecord.Tokens;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Records of a swarm's month: conversations of twenty requests, some fifty of them at a time. It
 * begins and ends within a day.
 */
final class Months {
  private static final Instant END = Instant.parse("2026-11-30T13:00:00Z");
  private static final Duration LENGTH = Duration.ofDays(30);
  private static final int TURNS = 20;
  private static final int AT_ONCE = 50;
  private static final List<List<String>> TOOLS =
      List.of(List.of(), List.of("bash"), List.of("read"), List.of("read", "edit"), List.of("web"));

  private final int count;

  Months(int count) {
    this.count = count;
  }

  Instant end() {
    return END;
  }

  /** As long and as random as those of exchanges, and the same each time. */
  String id(int number) {
    SplittableRandom random = new SplittableRandom(number);
    return (Long.toUnsignedString(random.nextLong() | Long.MIN_VALUE, 32)
            + Long.toUnsignedString(random.nextLong() | Long.MIN_VALUE, 32))
        .substring(0, 24);
  }

  RequestRecord record(int number) {
    SplittableRandom random = new SplittableRandom(~number);
    int conversation = number / (TURNS * AT_ONCE) * AT_ONCE + number % AT_ONCE;
    SplittableRandom owner = new SplittableRandom(conversation);
    int key = owner.nextInt(12);
    String model = "model-" + owner.nextInt(5);
    String backend = "gpu-" + random.nextInt(1, 4);
    boolean failed = random.nextInt(50) == 0;
    long arrived =
        END.minus(LENGTH).toEpochMilli() * 1_000
            + LENGTH.toNanos() / 1_000 / count * number
            + random.nextInt(1_000);
    long took = random.nextInt(1_000_000, 20_000_000);
    return new RequestRecord(
        id(number),
        0,
        "node-1",
        new Asked(
            "/v1/chat/completions",
            "openai_chat",
            true,
            "coding",
            "agent-" + owner.nextInt(60),
            "key-" + key,
            "conversation-" + conversation,
            "session-" + conversation,
            null),
        new Served(
            model,
            backend,
            null,
            failed ? "backend_error" : "completed",
            failed ? 502 : 200,
            failed ? "backend_error" : null,
            1,
            TOOLS.get(random.nextInt(TOOLS.size())),
            false),
        new Times(arrived, arrived + took / 4, arrived + took, took / 10, 0, took / 5, took / 2),
        new Tokens(random.nextInt(500, 30_000), 400, random.nextInt(1_000), 50, 0, null),
        new Slots(List.of(new SlotUse(backend, took * 7 / 10))),
        new Price(took / 1e9, took / 1e8));
  }
}
