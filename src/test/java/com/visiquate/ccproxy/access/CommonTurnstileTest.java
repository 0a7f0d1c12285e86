package com.visiquate.ccproxy.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.visiquate.ccproxy.bus.AccessMessage.Claims;
import com.visiquate.ccproxy.bus.AccessMessage.Heard;
import com.visiquate.ccproxy.bus.AccessMessage.Verdict;
import com.visiquate.ccproxy.bus.Membership.Member;
import com.visiquate.ccproxy.fleet.AccessKey;
import com.visiquate.ccproxy.fleet.ExchangeId;
import com.visiquate.ccproxy.fleet.NodeId;
import com.visiquate.ccproxy.fleet.Quota;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class CommonTurnstileTest {
  private static final Member ONE = new Member(new NodeId("one"), 1, 1);
  private static final Member TWO = new Member(new NodeId("two"), 2, 1);

  private final Book one = new Book();
  private final Book two = new Book();
  private Instant now = Instant.parse("2026-01-01T00:00:00Z");
  private CommonTurnstile turnstile = new CommonTurnstile(1, now);
  private int last;

  @Test
  void addsUpWhatAllHaveOpen() {
    follow(new Quota(0, 0, 2));
    meet();

    assertThat(enter(one)).isTrue();
    ExchangeId second = new ExchangeId("second");
    assertThat(enter(two, second)).isTrue();
    assertThat(enter(one)).isFalse();
    assertThat(enter(two)).isFalse();
    two.exit(second, 0, now);
    say(two);
    assertThat(enter(one)).isTrue();
    assertThat(enter(two)).isFalse();
  }

  @Test
  void letsNobodyInBeforeAllHaveTold() {
    follow(new Quota(0, 0, 1));
    one.want(next(), "k");
    assertThat(say(one)).isEmpty();

    now = now.plus(Book.BEAT);
    say(two);
    now = now.plus(Book.BEAT);
    assertThat(say(one)).singleElement().matches(CommonTurnstileTest::isYes);
  }

  @Test
  void goesOnWithoutWhoeverSaysNothing() {
    follow(new Quota(0, 0, 1));
    one.want(next(), "k");
    assertThat(say(one)).isEmpty();

    now = now.plus(CommonTurnstile.PATIENCE);
    assertThat(say(one)).singleElement().matches(CommonTurnstileTest::isYes);
  }

  @Test
  void countsOnceWhomItLetsInTwice() {
    follow(new Quota(2, 0, 0));
    meet();
    one.want(next(), "k");
    Claims lost = claims(one);
    turnstile.hear(lost, now);
    turnstile.hear(lost, now);
    now = now.plus(Book.BEAT);
    assertThat(say(one)).singleElement().matches(CommonTurnstileTest::isYes);

    assertThat(enter(two)).isTrue();
    assertThat(enter(two)).isFalse();
  }

  @Test
  void tellsTheNextOneEverything() {
    follow(new Quota(3, 0, 2));
    meet();
    ExchangeId first = new ExchangeId("first");
    assertThat(enter(one, first)).isTrue();
    one.exit(first, 0, now);
    assertThat(enter(one)).isTrue();
    succeed();

    assertThat(enter(two)).isTrue();
    assertThat(enter(two)).isFalse();
    one.exit(new ExchangeId("e1"), 0, now);
    say(one);
    assertThat(enter(two)).as("a request a minute").isFalse();
  }

  /** What only it knew is known by those to whom it has said what is owed. */
  @Test
  void whatTheDeadHaveUsedCountsOn() {
    follow(new Quota(0, 600, 0));
    meet();
    ExchangeId costly = new ExchangeId("costly");
    assertThat(enter(one, costly)).isTrue();
    one.exit(costly, 12_000, now);
    say(one);
    for (int minute = 0; minute < 15; minute++) {
      now = now.plusSeconds(60);
      say(two);
    }
    turnstile = new CommonTurnstile(2, now);
    turnstile.follow(List.of(key(new Quota(0, 600, 0))));
    turnstile.gather(Set.of(TWO));
    two.follow(TWO, TWO);

    assertThat(enter(two)).isFalse();
    now = now.plusSeconds(5 * 60);
    assertThat(enter(two)).isTrue();
  }

  @Test
  void forgetsWhatTheDeadHadOpen() {
    follow(new Quota(0, 0, 1));
    meet();
    assertThat(enter(one)).isTrue();
    now = now.plus(Branch.SILENCE);
    assertThat(enter(two)).isFalse();
    now = now.plusMillis(1);
    assertThat(enter(two)).isTrue();

    say(one);
    now = now.plus(Book.BEAT);
    assertThat(enter(one)).as("it lives, and two have begun").isFalse();
  }

  @Test
  void bindsAKeyThatItDoesNotKnowByWhatItIsTold() {
    Quota quota = new Quota(0, 0, 1);
    follow(quota);
    turnstile = new CommonTurnstile(1, now);
    turnstile.gather(Set.of(ONE, TWO));
    meet();

    assertThat(enter(one)).isTrue();
    assertThat(enter(two)).isFalse();
  }

  @Test
  void followsANewQuota() {
    follow(new Quota(1, 0, 1));
    meet();
    assertThat(enter(one)).isTrue();
    turnstile.follow(List.of(key(new Quota(0, 0, 2))));
    assertThat(enter(two)).isTrue();
    assertThat(enter(two)).isFalse();
    turnstile.follow(List.of(key(Quota.UNLIMITED)));
    assertThat(enter(two)).isTrue();
  }

  @Test
  void answersOfAnotherLeaderAreNotHeard() {
    follow(new Quota(0, 0, 1));
    meet();
    one.want(next(), "k");
    Heard late = turnstile.hear(claims(one), now);
    one.follow(ONE, TWO);

    assertThat(late.verdicts()).singleElement().matches(CommonTurnstileTest::isYes);
    assertThat(one.heard(late, now)).isEmpty();
  }

  private void follow(Quota quota) {
    turnstile.follow(List.of(key(quota)));
    turnstile.gather(Set.of(ONE, TWO));
    one.follow(List.of(key(quota)));
    two.follow(List.of(key(quota)));
    one.follow(ONE, ONE);
    two.follow(TWO, ONE);
  }

  private void meet() {
    say(one);
    say(two);
    now = now.plus(Book.BEAT);
  }

  /** Another turnstile takes its place. */
  private void succeed() {
    turnstile = new CommonTurnstile(2, now);
    turnstile.follow(List.of(key(new Quota(3, 0, 2))));
    turnstile.gather(Set.of(ONE, TWO));
    one.follow(ONE, TWO);
    two.follow(TWO, TWO);
    meet();
  }

  private boolean enter(Book book) {
    return enter(book, next());
  }

  private boolean enter(Book book, ExchangeId exchange) {
    book.want(exchange, "k");
    List<Verdict> verdicts = say(book);
    assertThat(verdicts).hasSize(1);
    return isYes(verdicts.getFirst());
  }

  private static boolean isYes(Verdict verdict) {
    return verdict.objection() == null;
  }

  private ExchangeId next() {
    return new ExchangeId("e" + ++last);
  }

  /** Until it has no more to say. */
  private List<Verdict> say(Book book) {
    List<Verdict> verdicts = new ArrayList<>();
    while (true) {
      Optional<Claims> due = book.due(now);
      if (due.isEmpty()) {
        return verdicts;
      }
      verdicts.addAll(book.heard(turnstile.hear(due.get(), now), now));
    }
  }

  private Claims claims(Book book) {
    return book.due(now).orElseThrow();
  }

  private static AccessKey key(Quota quota) {
    return new AccessKey("k", "0".repeat(64), List.of(), quota, null);
  }
}
