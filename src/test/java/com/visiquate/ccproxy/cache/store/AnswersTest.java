package com.visiquate.ccproxy.cache.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.visiquate.ccproxy.chat.ChatEvent;
import com.visiquate.ccproxy.chat.Counts;
import com.visiquate.ccproxy.chat.Embedding;
import com.visiquate.ccproxy.chat.FinishReason;
import com.visiquate.ccproxy.chat.RawJson;
import com.visiquate.ccproxy.chat.TokenLogprob;
import com.visiquate.ccproxy.chat.ToolCall;
import com.visiquate.ccproxy.fleet.ModelName;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Answers as bytes, and the memory that they take. */
final class AnswersTest {
  private static final int MILLION = 1_000_000;
  private static final Instant NOON = Instant.parse("2026-11-30T12:00:00Z");
  private static final AnswerKey KEY = new AnswerKey("m", "", "0123");
  private final AtomicReference<Instant> now = new AtomicReference<>(NOON);

  private static StoredAnswer answer(ChatEvent... events) {
    List<ChatEvent> all = new ArrayList<>(Arrays.asList(events));
    all.add(new ChatEvent.Finished(FinishReason.STOP, new Counts(1, 2, 3, 4, 5, 6, 7)));
    return new StoredAnswer(new ModelName("m"), all, NOON, NOON.plusSeconds(60));
  }

  private static StoredAnswer everything() {
    TokenLogprob top = new TokenLogprob("b", -2.5, List.of(98), List.of());
    TokenLogprob logprob = new TokenLogprob("a", -0.1, List.of(97, 255), List.of(top));
    return answer(
        new ChatEvent.Thinking("hm\n"),
        new ChatEvent.Text("one \ud83d\ude00", List.of(logprob, top)),
        new ChatEvent.Text(""),
        new ChatEvent.Call(new ToolCall("call_1", "f", new RawJson("{\"a\":1.0}"), "{oops")),
        new ChatEvent.Embedded(
            List.of(new Embedding(0.1f, -3e-7f, Float.MAX_VALUE), new Embedding(1))));
  }

  @Test
  void comesBackAsItWas() {
    byte[] bytes = AnswerCodec.encode(KEY, everything()).orElseThrow();
    assertThat(AnswerCodec.decode(KEY, bytes)).contains(everything());
  }

  @Test
  void isCompressedWhereThatSavesSomething() {
    ChatEvent[] many = new ChatEvent[1_000];
    Arrays.fill(many, new ChatEvent.Text(" more"));
    byte[] bytes = AnswerCodec.encode(KEY, answer(many)).orElseThrow();
    assertThat(bytes).hasSizeLessThan(500);
    assertThat(AnswerCodec.decode(KEY, bytes)).contains(answer(many));
    assertThat(AnswerCodec.decode(new AnswerKey("m", "", "0124"), bytes)).isEmpty();
  }

  @Test
  void isNoAnswerToAnythingElse() {
    byte[] bytes = AnswerCodec.encode(KEY, everything()).orElseThrow();
    assertThat(AnswerCodec.decode(new AnswerKey("m", "", "0124"), bytes)).isEmpty();
    assertThat(AnswerCodec.decode(new AnswerKey("m", "team", "0123"), bytes)).isEmpty();
  }

  @Test
  void whateverIsNoAnswerIsNone() {
    byte[] bytes = AnswerCodec.encode(KEY, everything()).orElseThrow();
    Random random = new Random(3);
    for (int i = 0; i < 20_000; i++) {
      byte[] broken = bytes.clone();
      for (int j = 0; j <= random.nextInt(3); j++) {
        broken[random.nextInt(broken.length)] ^= (byte) (1 + random.nextInt(255));
      }
      // Whatever is found must at least be whole.
      AnswerCodec.decode(KEY, random.nextBoolean() ? broken : Arrays.copyOf(broken, i % 90))
          .ifPresent(
              one -> assertThat(one.events().getLast()).isInstanceOf(ChatEvent.Finished.class));
    }
    assertThat(AnswerCodec.decode(KEY, new byte[0])).isEmpty();
    assertThat(AnswerCodec.decode(KEY, "+OK\r\n".getBytes(java.nio.charset.StandardCharsets.UTF_8)))
        .isEmpty();
  }

  @Test
  void isNotKeptWhenItIsTooLarge() {
    ChatEvent large = new ChatEvent.Text("x".repeat(AnswerCodec.LARGEST));
    assertThat(AnswerCodec.encode(KEY, answer(large))).isEmpty();
  }

  /** What the process really takes for them is measured by load-tests/cache.sh. */
  @Test
  void takesNoMoreThanItsSizeForAMillion() {
    long size = 64 << 20;
    LocalAnswers answers = new LocalAnswers(size, now::get);
    Random random = new Random(5);
    for (int i = 0; i < MILLION; i++) {
      AnswerKey key = new AnswerKey("m", "", Integer.toHexString(i));
      answers.put(key, new byte[random.nextInt(2_000)], NOON.plusSeconds(60));
      if (i % 256 == 0) {
        assertThat(answers.bytes()).isLessThanOrEqualTo(size);
      }
    }
    assertThat((double) answers.bytes()).isCloseTo((double) size, within(size * 0.05));
    assertThat(answers.size()).isBetween(size / 2_500, size / 500);
  }

  @Test
  void isForgottenWhenItsTimeIsOverOrSomebodySaysSo() {
    LocalAnswers answers = new LocalAnswers(1 << 20, now::get);
    AnswerKey other = new AnswerKey("n", "team", "1");
    answers.put(KEY, new byte[1], NOON.plusSeconds(60));
    answers.put(other, new byte[1], NOON.plusSeconds(90));
    assertThat(answers.delete("n", "")).isZero();
    now.set(NOON.plus(Duration.ofSeconds(61)));
    assertThat(answers.find(KEY)).isEmpty();
    assertThat(answers.find(other)).isPresent();
    assertThat(answers.delete(null, "team")).isEqualTo(1);
    assertThat(answers.find(other)).isEmpty();
  }
}
