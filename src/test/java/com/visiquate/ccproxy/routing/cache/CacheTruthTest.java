package com.visiquate.ccproxy.routing.cache;

import static org.assertj.core.api.Assertions.assertThat;

import com.visiquate.ccproxy.routing.cache.CacheTruth.Change;
import com.visiquate.ccproxy.routing.cache.CacheTruth.Sighting;
import org.junit.jupiter.api.Test;

/** What a few sightings make of what a version promises. */
final class CacheTruthTest {
  private static final int EXPECTED = 150_000;
  private final CacheTruth older = new CacheTruth(CacheRule.SLOTS, EXPECTED);
  private final CacheTruth newer = new CacheTruth(CacheRule.STORE, EXPECTED);

  @Test
  void beginsWithTheVersion() {
    assertThat(older.rule()).isEqualTo(CacheRule.SLOTS);
    assertThat(newer.rule()).isEqualTo(CacheRule.STORE);
    assertThat(newer.tokens()).isEqualTo(EXPECTED);
    assertThat(newer.isCorrected()).isFalse();
  }

  @Test
  void believesInAStoreThatIsSeenFourTimes() {
    see(older, 3, 30_000, true);
    assertThat(older.rule()).isEqualTo(CacheRule.SLOTS);
    assertThat(older.saw(new Sighting(30_000, true))).isEqualTo(Change.RULE);
    assertThat(older.rule()).isEqualTo(CacheRule.STORE);
    assertThat(older.isCorrected()).isTrue();
  }

  @Test
  void makesTheStoreSmallerByWhatItMisses() {
    see(newer, 4, 30_000, true);
    see(newer, 3, 80_000, false);
    assertThat(newer.saw(new Sighting(60_000, false))).isEqualTo(Change.SIZE);
    assertThat(newer.rule()).isEqualTo(CacheRule.STORE);
    assertThat(newer.tokens()).isBetween(30_000, 59_999);
  }

  @Test
  void makesTheStoreLargerByWhatItFinds() {
    see(newer, 4, 220_000, true);
    assertThat(newer.tokens()).isEqualTo(220_000);
  }

  @Test
  void believesInNoStoreWhereNothingIsEverFound() {
    see(newer, 4, CacheTruth.LEAST, false);
    assertThat(newer.rule()).isEqualTo(CacheRule.SLOTS);
  }

  @Test
  void believesInNoStoreWhereNotEvenAnotherSlotHoldsIt() {
    see(newer, 4, 0, false);
    assertThat(newer.rule()).isEqualTo(CacheRule.SLOTS);
  }

  @Test
  void comesBackToTheStoreWithTheSizeThatExplainsAll() {
    see(newer, 4, 5_000, false);
    see(newer, 4, 90_000, false);
    see(newer, 8, 40_000, true);
    assertThat(newer.rule()).isEqualTo(CacheRule.STORE);
    assertThat(newer.tokens()).isBetween(40_000, 89_999);
  }

  @Test
  void isNotMovedByTheOddOne() {
    for (int i = 0; i < 100; i++) {
      see(newer, 4, 60_000, true);
      assertThat(newer.saw(new Sighting(60_000, false))).isEqualTo(Change.NONE);
      assertThat(older.saw(new Sighting(60_000, i % 8 == 0))).isEqualTo(Change.NONE);
    }
    assertThat(newer.tokens()).isEqualTo(EXPECTED);
  }

  @Test
  void staysWithinItsBounds() {
    see(newer, 20, CacheTruth.MOST, true);
    assertThat(newer.tokens()).isEqualTo(CacheTruth.MOST);
    see(newer, 20, Integer.MAX_VALUE, true);
    assertThat(newer.tokens()).isEqualTo(CacheTruth.MOST);
    see(newer, 8, 1_000, true);
    see(newer, 8, 2_000, false);
    assertThat(newer.tokens()).isBetween(CacheTruth.LEAST, CacheTruth.MOST);
  }

  private static void see(CacheTruth truth, int times, int depth, boolean found) {
    for (int i = 0; i < times; i++) {
      truth.saw(new Sighting(depth, found));
    }
  }
}
