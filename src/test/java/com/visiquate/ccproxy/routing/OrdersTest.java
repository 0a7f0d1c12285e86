package com.visiquate.ccproxy.routing;

import static com.visiquate.ccproxy.routing.Fixture.START;
import static com.visiquate.ccproxy.routing.Fixture.exchange;
import static com.visiquate.ccproxy.routing.Fixture.id;
import static org.assertj.core.api.Assertions.assertThat;

import com.visiquate.ccproxy.bus.BusMessage.NoRoom;
import com.visiquate.ccproxy.bus.BusMessage.Started;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class OrdersTest {
  private final FakeTimer timer = new FakeTimer();
  private final List<String> givenUp = new ArrayList<>();
  private final Orders orders =
      new Orders(timer, (exchange, backend) -> givenUp.add(exchange + " on " + backend));

  @Test
  void givesUpWhatNobodyAnswersInTime() {
    orders.given(exchange(1), id("a"));
    timer.pass(Orders.ANSWER.minusMillis(1));
    orders.given(exchange(2), id("a"));
    assertThat(givenUp).isEmpty();
    timer.pass(Duration.ofMillis(1));
    assertThat(givenUp).containsExactly(exchange(1) + " on a");
    timer.pass(Orders.ANSWER);
    assertThat(givenUp).containsExactly(exchange(1) + " on a", exchange(2) + " on a");
    assertThat(orders.answered(new Started(exchange(1), id("a")))).isFalse();
  }

  @Test
  void keepsWhatHasBeenAnswered() {
    orders.given(exchange(1), id("a"));
    assertThat(orders.answered(new Started(exchange(1), id("a")))).isTrue();
    timer.pass(Orders.ANSWER.multipliedBy(2));
    assertThat(givenUp).isEmpty();
    assertThat(orders.answered(new Started(exchange(1), id("a")))).isFalse();
  }

  @Test
  void countsTheTimeOfEachOrderAnew() {
    orders.given(exchange(1), id("a"));
    orders.given(exchange(2), id("a"));
    timer.pass(Orders.ANSWER.minusMillis(1));
    assertThat(orders.answered(new NoRoom(exchange(1), id("a"), "full"))).isTrue();
    orders.given(exchange(1), id("b"));
    timer.pass(Duration.ofMillis(1));
    assertThat(givenUp).containsExactly(exchange(2) + " on a");
    assertThat(orders.answered(new NoRoom(exchange(1), id("a"), "late"))).isFalse();
    assertThat(orders.answered(new Started(exchange(1), id("b")))).isTrue();
  }

  @Test
  void isSilentAfterItsEnd() {
    orders.given(exchange(1), id("a"));
    orders.end();
    timer.pass(Orders.ANSWER.multipliedBy(2));
    assertThat(givenUp).isEmpty();
  }

  /** A clock that stands until it is moved, and rings on its way. */
  private static final class FakeTimer implements Orders.Timer {
    private Instant now = START;
    private Instant at = Instant.MAX;
    private @Nullable Runnable ring;

    @Override
    public Instant now() {
      return now;
    }

    @Override
    public void set(Instant when, Runnable then) {
      at = when;
      ring = then;
    }

    @Override
    public void cancel() {
      ring = null;
    }

    void pass(Duration time) {
      Instant until = now.plus(time);
      while (ring != null && !at.isAfter(until)) {
        now = at;
        Runnable due = ring;
        ring = null;
        due.run();
      }
      now = until;
    }
  }
}
