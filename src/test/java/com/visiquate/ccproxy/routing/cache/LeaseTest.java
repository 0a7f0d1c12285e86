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

/** What the time of a prompt tells of the cache; a token is a character here. */
final class LeaseTest {
  private static final int EXPECTED = 150_000;
  private static final int LENGTH = chat("a").length();

  @Test
  void findsAStoreInWhichItsVersionDoesNotBelieve() {
    CacheTruth truth = new CacheTruth(CacheRule.SLOTS, EXPECTED);
    CacheModel cacheModel = cacheModel(truth);
    run(cacheModel, chat("a"));
    for (int i = 0; i < 3; i++) {
      run(cacheModel, chat("b"));
      assertThat(cacheModel.outlook(chat("a")).kept()).isZero();
      assertThat(run(cacheModel, chat("a"), 0))
          .isEqualTo(new Finding(LENGTH, CacheTruth.Change.NONE));
    }
    run(cacheModel, chat("b"));
    assertThat(run(cacheModel, chat("a"), 0).change()).isEqualTo(CacheTruth.Change.RULE);
    run(cacheModel, chat("b"));
    assertThat(cacheModel.outlook(chat("a")).kept()).isEqualTo(LENGTH);
  }

  @Test
  void noticesThatTheStoreIsNotThere() {
    CacheTruth truth = new CacheTruth(CacheRule.STORE, EXPECTED);
    CacheModel cacheModel = cacheModel(truth);
    for (int i = 0; i < 5; i++) {
      run(cacheModel, chat("a"), LENGTH);
      run(cacheModel, chat("b"));
    }
    assertThat(truth.rule()).isEqualTo(CacheRule.SLOTS);
    assertThat(cacheModel.outlook(chat("a")).kept()).isZero();
  }

  @Test
  void seesThatTheStoreIsLarger() {
    CacheTruth truth = new CacheTruth(CacheRule.STORE, EXPECTED);
    CacheModel cacheModel = cacheModel(truth);
    List<Chain> chats = List.of(chat("a", 30_000), chat("b", 30_000), chat("c", 30_000));
    for (int round = 0; round < 4; round++) {
      run(cacheModel, chat("d", 30_000));
      for (Chain chain : chats) {
        run(cacheModel, chain, round == 0 ? chain.length() : 0);
      }
    }
    assertThat(truth.tokens()).isGreaterThan(EXPECTED);
  }

  @Test
  void saysNothingWhereBothRulesPromiseTheSame() {
    CacheModel cacheModel = cacheModel(new CacheTruth(CacheRule.SLOTS, EXPECTED));
    run(cacheModel, chat("a"));
    Lease again = cacheModel.take(chat("a"));
    assertThat(again.testify(new CacheEvidence(LENGTH, LENGTH, false)).kept()).isEqualTo(LENGTH);
  }

  @Test
  void doesNotTrustATimeBetweenOrBeyondWhatTheRulesPromise() {
    CacheTruth truth = new CacheTruth(CacheRule.STORE, EXPECTED);
    CacheModel cacheModel = cacheModel(truth);
    run(cacheModel, chat("a"));
    for (double slow : List.of(0.05, 2.0)) {
      for (int i = 0; i < 8; i++) {
        run(cacheModel, chat("b"));
        Finding finding = run(cacheModel, chat("a"), slow * LENGTH);
        assertThat(finding.kept()).isEqualTo(LENGTH);
      }
    }
    assertThat(truth.isCorrected()).isFalse();
  }

  /** What others may have slowed was cached all the more when it was fast nevertheless. */
  @Test
  void trustsOfThoseThatOthersMayHaveSlowedOnlyTheFastOnes() {
    CacheTruth newer = new CacheTruth(CacheRule.STORE, EXPECTED);
    CacheTruth older = new CacheTruth(CacheRule.SLOTS, EXPECTED);
    CacheModel slow = cacheModel(newer);
    CacheModel fast = cacheModel(older);
    for (int i = 0; i < 8; i++) {
      run(slow, chat("a"), LENGTH, true);
      run(slow, chat("b"));
      run(fast, chat("a"), 0, true);
      run(fast, chat("b"));
    }
    assertThat(newer.isCorrected()).isFalse();
    assertThat(older.rule()).isEqualTo(CacheRule.STORE);
  }

  /** With one slot. */
  private static CacheModel cacheModel(CacheTruth truth) {
    CacheModel cacheModel = new CacheModel(truth);
    cacheModel.resize(1);
    cacheModel.density(1);
    return cacheModel;
  }

  private static void run(CacheModel cacheModel, Chain chain) {
    cacheModel.take(chain).release(cached(chain));
  }

  private static Finding run(CacheModel cacheModel, Chain chain, double computed) {
    return run(cacheModel, chain, computed, false);
  }

  private static Finding run(CacheModel cacheModel, Chain chain, double computed, boolean slowed) {
    Lease lease = cacheModel.take(chain);
    Finding finding = lease.testify(new CacheEvidence(chain.length(), computed, slowed));
    lease.release(cached(chain));
    return finding;
  }

  private static CachedPrompt cached(Chain chain) {
    ModelName model = new ModelName("m");
    Duration hour = Duration.ofHours(1);
    return new CachedPrompt(model, chain, chain.end(), Priority.NORMAL, Instant.EPOCH, 1, hour);
  }

  private static Chain chat(String name) {
    return chat(name, 3_000);
  }

  private static Chain chat(String name, int words) {
    Message message = new Message.User((name + " ").repeat(words));
    return Chain.of(ChatRequest.of("m", List.of(message)));
  }
}
