package com.visiquate.ccproxy.routing;

import static com.visiquate.ccproxy.routing.Fixture.START;
import static com.visiquate.ccproxy.routing.Fixture.exchange;
import static com.visiquate.ccproxy.routing.Fixture.id;
import static org.assertj.core.api.Assertions.assertThat;

import com.visiquate.ccproxy.bus.BusMessage.NoRoom;
import com.visiquate.ccproxy.bus.BusMessage.Started;
import com.visiquate.ccproxy.routing.PendingStarts.Order;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class PendingStartsTest {
  private final FakeTimer timer = new FakeTimer();
  private final List<String> overdue = new ArrayList<>();
  private final PendingStarts orders =
      new PendingStarts(timer, order -> overdue.add(order.exchange() + " on " + order.backend()));

  @Test
  void tellsOnceOfWhatNobodyAnswersInTime() {
    orders.given(exchange(1), id("a"));
    timer.pass(PendingStarts.ANSWER.minusMillis(1));
    orders.given(exchange(2), id("a"));
    assertThat(overdue).isEmpty();
    timer.pass(Duration.ofMillis(1));
    assertThat(overdue).containsExactly(exchange(1) + " on a");
    timer.pass(PendingStarts.ANSWER);
    assertThat(overdue).containsExactly(exchange(1) + " on a", exchange(2) + " on a");
    timer.pass(PendingStarts.ANSWER);
    assertThat(overdue).hasSize(2);
  }

  @Test
  void takesAnOverdueAnswerOnce() {
    orders.given(exchange(1), id("a"));
    timer.pass(PendingStarts.ANSWER);
    assertThat(overdue).hasSize(1);
    assertThat(orders.answered(new NoRoom(exchange(1), id("b"), "another"))).isFalse();
    assertThat(orders.answered(new Started(exchange(1), id("a")))).isTrue();
    assertThat(orders.answered(new Started(exchange(1), id("a")))).isFalse();
  }

  @Test
  void tellsAnOrderFromTheNextOneOnTheSameBackend() {
    Order first = new Order(exchange(1), id("a"), START.plus(PendingStarts.ANSWER));
    orders.given(exchange(1), id("a"));
    assertThat(orders.isOverdue(first)).isFalse();
    timer.pass(PendingStarts.ANSWER);
    assertThat(orders.isOverdue(first)).isTrue();
    orders.given(exchange(1), id("a"));
    assertThat(orders.isOverdue(first)).isFalse();
    timer.pass(PendingStarts.ANSWER);
    assertThat(orders.isOverdue(first)).isFalse();
  }

  @Test
  void keepsWhatHasBeenAnswered() {
    orders.given(exchange(1), id("a"));
    assertThat(orders.answered(new Started(exchange(1), id("a")))).isTrue();
    timer.pass(PendingStarts.ANSWER.multipliedBy(2));
    assertThat(overdue).isEmpty();
    assertThat(orders.answered(new Started(exchange(1), id("a")))).isFalse();
  }

  @Test
  void countsTheTimeOfEachOrderAnew() {
    orders.given(exchange(1), id("a"));
    orders.given(exchange(2), id("a"));
    timer.pass(PendingStarts.ANSWER.minusMillis(1));
    assertThat(orders.answered(new NoRoom(exchange(1), id("a"), "full"))).isTrue();
    orders.given(exchange(1), id("b"));
    timer.pass(Duration.ofMillis(1));
    assertThat(overdue).containsExactly(exchange(2) + " on a");
    assertThat(orders.answered(new NoRoom(exchange(1), id("a"), "late"))).isFalse();
    assertThat(orders.answered(new Started(exchange(1), id("b")))).isTrue();
  }

  @Test
  void isSilentAfterItsEnd() {
    orders.given(exchange(1), id("a"));
    orders.end();
    timer.pass(PendingStarts.ANSWER.multipliedBy(2));
    assertThat(overdue).isEmpty();
  }
}
