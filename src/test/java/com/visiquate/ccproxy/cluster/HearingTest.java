package com.visiquate.ccproxy.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.visiquate.ccproxy.bus.Membership.Member;
import com.visiquate.ccproxy.fleet.NodeId;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

final class HearingTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final Member SELF = new Member(new NodeId("a"), 1, 1);
  private static final Member OTHER = new Member(new NodeId("b"), 2, 1);
  private static final Member OLDER = new Member(new NodeId("c"), 3, 0);
  private final Hearing hearing = new Hearing(SELF);

  @Test
  void isDueWhenSomebodyWhoIsThereIsSilent() {
    hearing.seen(List.of(SELF, OTHER, OLDER), START);
    assertThat(hearing.isDue(START.plusSeconds(2))).isFalse();
    assertThat(hearing.isDue(START.plusSeconds(3))).isTrue();
    assertThat(hearing.silent(START.plusSeconds(3))).isEmpty();
    assertThat(hearing.silent(START.plusSeconds(10))).containsExactly(OTHER);
  }

  @Test
  void isNotDueWhileEverybodyIsHeard() {
    hearing.seen(List.of(SELF, OTHER), START);
    hearing.heard(OTHER, START.plusSeconds(2));
    assertThat(hearing.isDue(START.plusSeconds(4))).isFalse();
  }

  @Test
  void isNotDueAllTheTime() {
    hearing.seen(List.of(SELF, OTHER), START);
    assertThat(hearing.isDue(START.plusSeconds(3))).isTrue();
    assertThat(hearing.isDue(START.plusSeconds(5))).isFalse();
    assertThat(hearing.isDue(START.plusSeconds(6))).isTrue();
  }

  @Test
  void forgetsWhoHasLeft() {
    hearing.seen(List.of(SELF, OTHER), START);
    hearing.seen(List.of(SELF), START.plusSeconds(1));
    hearing.heard(OTHER, START.plusSeconds(2));
    assertThat(hearing.isDue(START.plusSeconds(10))).isFalse();
  }
}
