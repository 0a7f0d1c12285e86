package com.visiquate.ccproxy.timeline;

import static com.visiquate.ccproxy.timeline.Steps.at;
import static com.visiquate.ccproxy.timeline.Steps.millis;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import com.visiquate.ccproxy.bus.Decision.Weighed;
import com.visiquate.ccproxy.bus.ScheduleStep;
import com.visiquate.ccproxy.bus.ScheduleStep.Shape;
import com.visiquate.ccproxy.bus.TimelineMessage.DecisionFound;
import com.visiquate.ccproxy.bus.TimelineMessage.DecisionUnknown;
import com.visiquate.ccproxy.bus.TimelineMessage.Kind;
import com.visiquate.ccproxy.bus.TimelineMessage.Lane;
import com.visiquate.ccproxy.bus.TimelineMessage.PastRun;
import com.visiquate.ccproxy.bus.TimelineMessage.RunsQuery;
import com.visiquate.ccproxy.bus.TimelineMessage.Stretch;
import com.visiquate.ccproxy.bus.TimelineMessage.StretchesFound;
import com.visiquate.ccproxy.bus.TimelineMessage.StretchesQuery;
import com.visiquate.ccproxy.chat.Counts;
import com.visiquate.ccproxy.fleet.ExchangeId;
import com.visiquate.ccproxy.fleet.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What is kept of who held which slot when. */
final class TimelineTest {
  private static final long SIZE = 50L * 1024 * 1024;

  private final Timeline timeline = new Timeline(Duration.ofHours(24), SIZE);

  @Test
  void drawsEachPartOfARequest() {
    Steps a = Steps.of("a", 0);
    happen(a.queued(0), a.placed(10, 1), a.spoke(16), a.ended(20), a.kept(20, 50));
    assertThat(draw(0, 100).stretches())
        .containsExactly(
            stretch(-1, Kind.QUEUE, 0, 10, 0),
            stretch(0, Kind.LOAD, 10, 12, 0),
            stretch(0, Kind.COMPUTED, 12, 16, 600),
            stretch(0, Kind.CACHED, 12, 12, 400),
            stretch(0, Kind.OUTPUT, 16, 20, 50),
            stretch(0, Kind.HOLD, 20, 50, 0));
    StretchesFound found = draw(0, 100);
    assertThat(found.lanes()).containsExactly(new Lane(Steps.GPU, 1));
    assertThat(found.strings()).containsExactly("a", "agent-1", "talk-1", "fast", "abc");
    assertThat(found.truncated()).isFalse();
  }

  @Test
  void drawsWhatIsNotOverUntilNow() {
    Steps a = Steps.of("a", 0);
    Steps b = Steps.of("b", 1);
    happen(a.placed(0, 0), b.queued(1));
    assertThat(draw(0, 7).stretches())
        .extracting(Stretch::kind, Stretch::start, Stretch::end)
        .containsExactlyInAnyOrder(
            tuple(Kind.COMPUTED, millis(0), millis(7)),
            tuple(Kind.CACHED, millis(0), millis(0)),
            tuple(Kind.QUEUE, millis(1), millis(7)));
  }

  @Test
  void endsAHoldWhereTheNextRequestBegins() {
    Steps a = Steps.of("a", 0);
    Steps b = Steps.of("b", 1);
    happen(a.placed(0, 0), a.spoke(1), a.ended(5), a.kept(5, 60), b.placed(8, 0));
    assertThat(draw(0, 10).stretches()).contains(stretch(0, Kind.HOLD, 5, 8, 0, "a"));
  }

  @Test
  void drawsGhostsAndThoseWhoLeave() {
    Steps a = Steps.of("a", 0);
    Steps b = Steps.of("b", 1);
    happen(a.placed(0, 0), b.queued(1), b.withdrawn(3));
    happen(a.ended(5, Outcome.CLIENT_GONE, Counts.NONE, true));
    assertThat(draw(6, 7).stretches()).contains(stretch(0, Kind.GHOST, 5, 7, 0, "a", 7));
    happen(a.faded(9));
    assertThat(draw(0, 100).stretches())
        .contains(stretch(0, Kind.GHOST, 5, 9, 0, "a"), stretch(-1, Kind.QUEUE, 1, 3, 0, "b"));
  }

  @Test
  void tellsOnlyWhatIsAskedForTheLatestFirst() {
    for (int i = 0; i < 100; i++) {
      Steps one = Steps.of("x" + i, 10 * i);
      happen(one.placed(10 * i, 0), one.spoke(10 * i + 1), one.ended(10 * i + 2));
    }
    assertThat(draw(500, 519).stretches())
        .extracting(one -> draw(500, 519).strings().get(one.exchange()))
        .containsOnly("x50", "x51");
    StretchesFound few = timeline.find(new StretchesQuery(millis(0), millis(2_000), 8), at(2_000));
    assertThat(few.truncated()).isTrue();
    assertThat(few.strings()).contains("x99").doesNotContain("x0");
  }

  @Test
  void tellsADecisionWhoseTermsAddUp() {
    String id = "mraggmyhdf3anhlurkc4scmf";
    Steps a = Steps.of(id, 0);
    happen(a.queued(0), a.placed(10, 1));
    check(id);
    happen(a.spoke(16), a.ended(20));
    check(id);
    assertThat(timeline.decision(new ExchangeId("b")))
        .isEqualTo(new DecisionUnknown(new ExchangeId("b")));
  }

  private void check(String id) {
    DecisionFound found = (DecisionFound) timeline.decision(new ExchangeId(id));
    assertThat(found.exchange().value()).isEqualTo(id);
    assertThat(found.queued()).isEqualTo(10_000);
    assertThat(found.slot()).isEqualTo(1);
    Weighed chosen = Objects.requireNonNull(found.decision().chosen());
    Weighed next = Objects.requireNonNull(found.decision().next());
    assertThat(chosen.terms().sum()).isCloseTo(Steps.terms(1).sum(), within(1e6));
    assertThat(next.terms().sum()).isCloseTo(Steps.terms(2).sum(), within(1e6));
    assertThat(next.exchange().value()).isEqualTo("other");
    assertThat(next.backend().value()).isEqualTo("gpu-2");
  }

  @Test
  void remembersRunsForAReplay() {
    Steps a = Steps.of("a", 1);
    Steps b = Steps.of("b", 30, "agent-1", "talk-1", new Shape(6_000, 0xabcL, 2_000, 1L << 40, 11));
    happen(a.queued(1), a.placed(2, 0), a.spoke(3), a.ended(4));
    happen(b.placed(30, 0), b.spoke(31), b.ended(33));
    Steps gone = Steps.of("c", 40);
    happen(gone.queued(40), gone.withdrawn(41));
    var found = timeline.runs(new RunsQuery(millis(0), 10));
    assertThat(found.others()).isEqualTo(1);
    assertThat(found.runs()).extracting(run -> run.exchange().value()).containsExactly("a", "b");
    PastRun first = found.runs().getFirst();
    assertThat(first.born()).isEqualTo(millis(1));
    assertThat(first.spoke()).isEqualTo(millis(3));
    assertThat(first.roleTokens()).isEqualTo(500);
    assertThat(first.counts().promptTokens()).isEqualTo(Steps.COUNTS.promptTokens());
    assertThat(first.counts().cachedTokens()).isEqualTo(Steps.COUNTS.cachedTokens());
    assertThat(first.counts().promptNanos()).isEqualTo(Steps.COUNTS.promptNanos());
    assertThat(first.counts().outputNanos()).isEqualTo(1_000_000_000);
    assertThat(found.runs().getLast().continued()).isEqualTo(first.turn());
    assertThat(timeline.runs(new RunsQuery(millis(20), 10)).runs()).hasSize(1);
    assertThat(timeline.runs(new RunsQuery(millis(0), 1)).truncated()).isTrue();
  }

  /** A day of ten thousand requests an hour, in conversations of seven turns. */
  @Test
  void keepsADayInFiftyMegabytes() {
    Random random = new Random(7);
    int day = 240_000;
    for (int i = 0; i < day; i++) {
      run(random, i, 86_400.0 * i / day);
    }
    assertThat(timeline.rows()).isEqualTo(day);
    assertThat(timeline.bytes()).isLessThan(50_000_000);
    StretchesFound first = timeline.find(new StretchesQuery(millis(0), millis(60), 99), at(86_400));
    assertThat(first.stretches()).isNotEmpty();
  }

  @Test
  void forgetsTheOldestWithinItsBounds() {
    Timeline small = new Timeline(Duration.ofHours(24), 3L * 1024 * 1024);
    Timeline brief = new Timeline(Duration.ofSeconds(5_000), SIZE);
    for (int i = 0; i < 40_000; i++) {
      Steps one = Steps.of("x" + i, i);
      Stream.of(one.placed(i, 0), one.spoke(i + 0.2), one.ended(i + 0.5), one.kept(i + 0.5, i + 9))
          .forEach(
              step -> {
                small.happened(step);
                brief.happened(step);
              });
    }
    assertThat(small.bytes()).isLessThan(4L * 1024 * 1024);
    assertThat(small.decision(new ExchangeId("x39999"))).isInstanceOf(DecisionFound.class);
    assertThat(small.decision(new ExchangeId("x0"))).isInstanceOf(DecisionUnknown.class);
    assertThat(brief.rows()).isBetween(5_000L, 15_000L);
  }

  private void run(Random random, int number, double when) {
    int talk = number / 7;
    String conversation = "key-0f3a91c2d7be~%08x".formatted(talk);
    Shape shape = new Shape(40_000, talk % 10, 20_000, random.nextLong(), random.nextLong());
    Steps one = Steps.of(id(random), when, "agent-" + talk % 100, conversation, shape);
    happen(
        one.queued(when),
        one.placed(when + 1, number % 3, one.against(id(random))),
        one.spoke(when + 4),
        one.ended(when + 6),
        one.kept(when + 6, when + 7));
  }

  private static String id(Random random) {
    StringBuilder id = new StringBuilder(24);
    for (int i = 0; i < 24; i++) {
      id.append("abcdefghijklmnopqrstuvwxyz234567".charAt(random.nextInt(32)));
    }
    return id.toString();
  }

  private void happen(ScheduleStep... steps) {
    Stream.of(steps).forEach(timeline::happened);
  }

  private StretchesFound draw(double from, double to) {
    return timeline.find(new StretchesQuery(millis(from), millis(to), 1_000), at(to));
  }

  private static Stretch stretch(int lane, Kind kind, double start, double end, int tokens) {
    return new Stretch(lane, kind, millis(start), millis(end), 0, 1, 2, 3, 4, tokens);
  }

  private Stretch stretch(
      int lane, Kind kind, double start, double end, int tokens, String exchange) {
    return stretch(lane, kind, start, end, tokens, exchange, 100);
  }

  /** The number of a name depends on what is drawn besides. */
  private Stretch stretch(
      int lane, Kind kind, double start, double end, int tokens, String exchange, double to) {
    List<String> names = draw(to == 100 ? 0 : to - 1, to).strings();
    return new Stretch(
        lane,
        kind,
        millis(start),
        millis(end),
        names.indexOf(exchange),
        names.indexOf("agent-1"),
        names.indexOf("talk-1"),
        names.indexOf("fast"),
        names.indexOf("abc"),
        tokens);
  }
}
