package com.visiquate.ccproxy.records.account;

import static org.assertj.core.api.Assertions.assertThat;

import com.visiquate.ccproxy.bus.Fact.PromptPart;
import com.visiquate.ccproxy.bus.RequestRecord;
import com.visiquate.ccproxy.bus.RequestRecord.Price;
import com.visiquate.ccproxy.bus.RequestRecord.SlotUse;
import com.visiquate.ccproxy.bus.ScheduleEvent.PrefixLost;
import com.visiquate.ccproxy.bus.ScheduleEvent.PromptCached;
import com.visiquate.ccproxy.fleet.BackendId;
import com.visiquate.ccproxy.fleet.ExchangeId;
import com.visiquate.ccproxy.fleet.ModelName;
import com.visiquate.ccproxy.records.Ends;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class SlotAccountsTest {
  private static final Instant NOW = Ends.NOON;

  private final SlotAccounts accounts =
      new SlotAccounts("node", record -> new Price(record.slots().micros(), 3));

  private Entry ended(String id) {
    return accounts.ended(Ends.plain(id, NOW), NOW).orElseThrow();
  }

  @Test
  void addsTheSlotsOfAllAttemptsAndParts() {
    accounts.happened(Ends.freed("a", "gpu-2", 100), NOW);
    accounts.happened(Ends.freed("a", "gpu-1", 20), NOW);
    accounts.happened(Ends.freed("a-2", "gpu-1", 3), NOW);
    accounts.happened(Ends.freed("b", "gpu-1", 500), NOW);
    RequestRecord record = ended("a").now();
    assertThat(record.slots().uses())
        .containsExactly(new SlotUse("gpu-1", 23_000), new SlotUse("gpu-2", 100_000));
    assertThat(record.price()).isEqualTo(new Price(123_000, 3));
  }

  @Test
  void whatAGhostHeldIsARevisionOfIt() {
    Entry first = ended("a");
    assertThat(first.before()).isNull();
    Entry second = accounts.happened(Ends.freed("a", "gpu-1", 40), NOW).orElseThrow();
    assertThat(second.before()).isEqualTo(first.now());
    assertThat(second.now().revision()).isEqualTo(1);
    assertThat(second.now().slots().micros()).isEqualTo(40_000);
    assertThat(second.now().price().cost()).isEqualTo(40_000);
  }

  @Test
  void whatIsSaidTwiceCountsOnce() {
    ended("a");
    assertThat(accounts.happened(Ends.freed("a", "gpu-1", 40), NOW)).isPresent();
    assertThat(accounts.happened(Ends.freed("a", "gpu-1", 40), NOW)).isEmpty();
    assertThat(accounts.ended(Ends.plain("a", NOW), NOW)).isEmpty();
  }

  @Test
  void forgetsWhatEndedLongAgo() {
    ended("a");
    Instant late = NOW.plus(SlotAccounts.MEMORY).plus(Duration.ofSeconds(1));
    assertThat(accounts.happened(Ends.freed("a", "gpu-1", 40), late)).isEmpty();
  }

  @Test
  void reckonsLostCharactersAsTokens() {
    accounts.happened(
        new PrefixLost(new ExchangeId("a"), new ModelName("qwen"), 1_000, 4_000, PromptPart.SYSTEM),
        NOW);
    RequestRecord record = ended("a").now();
    // A quarter of the prompt, but no more than was computed.
    assertThat(record.tokens().lost()).isEqualTo(200);
    assertThat(record.tokens().prompt() - record.tokens().cached()).isEqualTo(200);
    assertThat(record.tokens().lostWhere()).isEqualTo("system");
  }

  @Test
  void countsWhatWasCachedOfAllPartsAndNoneOfItAsLost() {
    accounts.happened(
        new PrefixLost(new ExchangeId("a"), new ModelName("qwen"), 3_000, 4_000, PromptPart.SYSTEM),
        NOW);
    accounts.happened(cached("a", 810), NOW);
    RequestRecord first = ended("a").now();
    long prompt = first.tokens().prompt();
    assertThat(first.tokens().cached()).isEqualTo(810);
    Entry second = accounts.happened(cached("a-2", (int) prompt - 815), NOW).orElseThrow();
    assertThat(second.before()).isEqualTo(first);
    assertThat(second.now().tokens().cached()).isEqualTo(prompt - 5);
    assertThat(second.now().tokens().lost()).isEqualTo(5);
    assertThat(accounts.happened(cached("a-2", (int) prompt - 815), NOW)).isEmpty();
    assertThat(accounts.happened(cached("a-3", 1_000_000), NOW).orElseThrow().now().tokens())
        .matches(tokens -> tokens.cached() == prompt && tokens.lost() == 0);
  }

  private static PromptCached cached(String exchange, int tokens) {
    return new PromptCached(
        new ExchangeId(exchange), new BackendId("gpu-1"), new ModelName("qwen"), tokens);
  }

  @Test
  void stepsThatWaitTogetherBecomeOne() {
    Gathering gathering = new Gathering(10);
    gathering.add(ended("a"));
    gathering.add(ended("b"));
    accounts.happened(Ends.freed("a", "gpu-1", 40), NOW).ifPresent(gathering::add);
    assertThat(gathering.take())
        .hasSize(2)
        .first()
        .matches(entry -> entry.before() == null && entry.now().revision() == 1);
    assertThat(gathering.size()).isZero();
  }

  @Test
  void givesUpTheEldestWhenNothingCanBeWritten() {
    Gathering gathering = new Gathering(2);
    gathering.add(ended("a"));
    gathering.add(ended("b"));
    gathering.add(ended("c"));
    assertThat(gathering.lost()).isEqualTo(1);
    assertThat(gathering.take()).extracting(entry -> entry.now().id()).containsExactly("b", "c");
  }
}
