package com.visiquate.ccproxy.routing.cache;

import static org.assertj.core.api.Assertions.assertThat;

import com.visiquate.ccproxy.chat.ChatRequest;
import com.visiquate.ccproxy.chat.Message;
import com.visiquate.ccproxy.fleet.ModelName;
import com.visiquate.ccproxy.fleet.Priority;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What two generations of Ollama keep of prompts; compare the recordings of their caches. */
final class CacheModelTest {
  private static final int EXPECTED = 150_000;
  private CacheModel cacheModel = new CacheModel(new CacheTruth(CacheRule.SLOTS, EXPECTED));

  @Test
  void keepsTheConversationOfASlot() {
    follow(CacheRule.SLOTS, 1);
    run(chat("a"));
    assertThat(cacheModel.outlook(chat("a", "b")).kept()).isEqualTo(chat("a").length());
  }

  @Test
  void overwritesTheOnlySlot() {
    follow(CacheRule.SLOTS, 1);
    run(chat("a"));
    run(chat("b"));
    assertThat(cacheModel.outlook(chat("a")).kept()).isZero();
    assertThat(cacheModel.outlook(chat("a")).displaced())
        .extracting(Displaced::characters)
        .containsExactly(chat("b").length());
  }

  @Test
  void usesOneOfTwoSlotsForConversationsThatDoNotOverlap() {
    follow(CacheRule.SLOTS, 2);
    run(chat("a"));
    run(chat("b"));
    assertThat(cacheModel.outlook(chat("a")).kept()).isZero();
  }

  @Test
  void usesBothSlotsForConversationsThatOverlap() {
    follow(CacheRule.SLOTS, 2);
    Lease first = cacheModel.take(chat("a"));
    run(chat("b"));
    first.release(cached(chat("a")));
    assertThat(cacheModel.outlook(chat("a")).kept()).isEqualTo(chat("a").length());
    assertThat(cacheModel.outlook(chat("b")).kept()).isEqualTo(chat("b").length());
  }

  @Test
  void countsEveryConversationAfterSlotsWereTakenAwayAndGivenBack() {
    follow(CacheRule.SLOTS, 4);
    List<Lease> first =
        List.of("a", "b", "c", "d").stream().map(n -> cacheModel.take(chat(n))).toList();
    first.get(0).release(cached(chat("a")));
    first.get(1).release(cached(chat("b")));
    cacheModel.resize(2);
    cacheModel.resize(4);
    List<Lease> second = List.of("e", "f").stream().map(n -> cacheModel.take(chat(n))).toList();
    first.get(2).release(cached(chat("c")));
    first.get(3).release(cached(chat("d")));
    second.get(0).release(cached(chat("e")));
    second.get(1).release(cached(chat("f")));
    assertThat(cacheModel.cachedPrompts())
        .extracting(CachedPrompt::chain)
        .containsExactlyInAnyOrder(chat("c"), chat("d"), chat("e"), chat("f"));
  }

  @Test
  void putsTheOldestAsideOnTheNewerLine() {
    follow(CacheRule.STORE, 1);
    run(chat("a"));
    run(chat("b"));
    run(chat("c"));
    assertThat(cacheModel.outlook(chat("a", "d")).kept()).isEqualTo(chat("a").length());
    assertThat(cacheModel.outlook(chat("b", "d")).kept()).isEqualTo(chat("b").length());
  }

  @Test
  void forgetsWhatWasUsedLeastRecentlyWhenTheStoreIsFull() {
    follow(CacheRule.STORE, 1);
    cacheModel.capacity(2 * chat("a").length());
    List.of("a", "b", "c", "d").forEach(name -> run(chat(name)));
    assertThat(cacheModel.outlook(chat("a")).kept()).isZero();
    assertThat(cacheModel.outlook(chat("b")).kept()).isPositive();
  }

  @Test
  void staysSmallHoweverManyConversationsThereAre() {
    follow(CacheRule.STORE, 2);
    for (int i = 0; i < 1_000; i++) {
      run(chat("number " + i));
    }
    assertThat(cacheModel.cachedPrompts()).hasSizeLessThanOrEqualTo(66);
  }

  /** It is put aside, and goes at once with everything else. */
  @Test
  void whatIsLongerThanTheStoreIsLostWhenItsSlotIsTaken() {
    follow(CacheRule.STORE, 1);
    int length = chat("a").length();
    run(chat("a"));
    cacheModel.capacity(length);
    assertThat(cacheModel.outlook(chat("b")).displaced()).isEmpty();
    cacheModel.capacity(length - 1);
    assertThat(cacheModel.outlook(chat("b")).displaced())
        .extracting(Displaced::characters)
        .containsExactly(length);
    run(chat("b"));
    assertThat(cacheModel.outlook(chat("a")).kept()).isZero();
  }

  @Test
  void knowsNothingOfAnAbandonedSlot() {
    follow(CacheRule.SLOTS, 1);
    run(chat("a"));
    cacheModel.take(chat("a", "b")).abandon();
    assertThat(cacheModel.outlook(chat("a")).kept()).isZero();
  }

  @Test
  void isAsBeforeWhenARequestNeverRan() {
    follow(CacheRule.SLOTS, 1);
    run(chat("a"));
    cacheModel.take(chat("b")).restore();
    assertThat(cacheModel.outlook(chat("a")).kept()).isEqualTo(chat("a").length());
  }

  @Test
  void countsNothingAsLostToTheNextTurn() {
    follow(CacheRule.SLOTS, 1);
    run(chat("a"));
    Message.Assistant other = new Message.Assistant("not what was said", "", List.of());
    List<Message> messages = List.of(user("a"), other, user("b"));
    Chain next = Chain.of(ChatRequest.of("m", messages));
    assertThat(cacheModel.outlook(next).displaced())
        .extracting(Displaced::characters)
        .containsExactly(0);
  }

  @Test
  void takesMoreThanItHasSlotsWithoutHarm() {
    follow(CacheRule.SLOTS, 1);
    cacheModel.take(chat("a"));
    Lease extra = cacheModel.take(chat("b"));
    assertThat(extra.kept()).isZero();
    extra.release(cached(chat("b")));
    assertThat(cacheModel.cachedPrompts()).isEmpty();
  }

  private void follow(CacheRule rule, int slots) {
    cacheModel = new CacheModel(new CacheTruth(rule, EXPECTED));
    cacheModel.resize(slots);
  }

  private void run(Chain chain) {
    cacheModel.take(chain).release(cached(chain));
  }

  private static CachedPrompt cached(Chain chain) {
    ModelName model = new ModelName("m");
    Duration hour = Duration.ofHours(1);
    return new CachedPrompt(model, chain, chain.end(), Priority.NORMAL, Instant.EPOCH, 1, hour);
  }

  private static Chain chat(String... texts) {
    List<Message> messages = List.of(texts).stream().map(CacheModelTest::user).toList();
    return Chain.of(ChatRequest.of("m", messages));
  }

  private static Message user(String text) {
    return new Message.User((text + " ").repeat(500 / (text.length() + 1)));
  }
}
