package com.visiquate.ccproxy.cache.store;

import com.visiquate.ccproxy.chat.ChatEvent;
import com.visiquate.ccproxy.chat.Counts;
import com.visiquate.ccproxy.chat.FinishReason;
import com.visiquate.ccproxy.fleet.ModelName;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.function.IntFunction;

/**
 * What the answers in memory really take, beside what is counted: a million are put into a store of
 * a given size, and the heap is measured after a collection, with them and without.
 */
public final class CacheHeap {
  private static final int ENTRIES = 1_000_000;
  private static final long SIZE = 256L << 20;
  private static final Random RANDOM = new Random(7);

  private CacheHeap() {}

  public static void main(String[] arguments) {
    System.out.println(
        "| a million answers into `size: 256MiB` | kept | bytes each | counted (MiB) | heap (MiB) |"
            + " heap ÷ size |");
    System.out.println("|---|---:|---:|---:|---:|---:|");
    measure("vectors of 64 bytes", number -> bytes(64));
    measure("answers of 16 tokens", CacheHeap::answer);
    measure("200 to 2,000 bytes", number -> bytes(200 + RANDOM.nextInt(1_800)));
    measure("answers of 500 tokens", number -> bytes(3_000 + RANDOM.nextInt(1_000)));
  }

  private static void measure(String name, IntFunction<byte[]> values) {
    long before = used();
    LocalAnswers answers = new LocalAnswers(SIZE, InstantSource.system());
    Instant until = Instant.now().plus(Duration.ofHours(1));
    long length = 0;
    for (int i = 0; i < ENTRIES; i++) {
      byte[] value = values.apply(i);
      length += value.length;
      answers.put(key(), value, until);
    }
    long after = used();
    System.out.printf(
        "| %s | %,d | %,d | %.1f | %.1f | %.3f |%n",
        name,
        answers.size(),
        length / ENTRIES,
        answers.bytes() / 1048576.0,
        (after - before) / 1048576.0,
        (after - before) / (double) SIZE);
  }

  private static AnswerKey key() {
    return new AnswerKey("qwen2.5-coder:32b", "", HexFormat.of().formatHex(bytes(32)));
  }

  private static byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    RANDOM.nextBytes(bytes);
    return bytes;
  }

  private static byte[] answer(int number) {
    List<ChatEvent> events = new ArrayList<>();
    for (int i = 0; i < 16; i++) {
      events.add(new ChatEvent.Text(" " + Integer.toString(RANDOM.nextInt(1 << 20), 36)));
    }
    events.add(new ChatEvent.Finished(FinishReason.STOP, new Counts(20, 0, 16, 1, 2, 3, 4)));
    Instant now = Instant.now();
    StoredAnswer answer = new StoredAnswer(new ModelName("m"), events, now, now.plusSeconds(60));
    return AnswerCodec.encode(key(), answer).orElseThrow();
  }

  private static long used() {
    for (int i = 0; i < 4; i++) {
      System.gc();
    }
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }
}
