package com.visiquate.ccproxy.http;

import com.visiquate.ccproxy.bus.Address;
import com.visiquate.ccproxy.bus.Bus;
import com.visiquate.ccproxy.bus.BusMessage.Admission;
import com.visiquate.ccproxy.bus.BusMessage.Admitted;
import com.visiquate.ccproxy.bus.BusMessage.Answered;
import com.visiquate.ccproxy.bus.BusMessage.Broke;
import com.visiquate.ccproxy.bus.BusMessage.Control;
import com.visiquate.ccproxy.bus.BusMessage.Leave;
import com.visiquate.ccproxy.bus.BusMessage.Said;
import com.visiquate.ccproxy.bus.BusMessage.Submit;
import com.visiquate.ccproxy.bus.ExchangeEnded;
import com.visiquate.ccproxy.bus.OperatorMessage.Scraped;
import com.visiquate.ccproxy.chat.ChatEvent;
import com.visiquate.ccproxy.chat.Counts;
import com.visiquate.ccproxy.chat.Failure;
import com.visiquate.ccproxy.chat.FinishReason;
import com.visiquate.ccproxy.fleet.ExchangeId;
import com.visiquate.ccproxy.fleet.Outcome;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Routing, backends and metrics as an ingress sees them; remembers what it was told. */
public final class FakeStages {
  static final Counts COUNTS = new Counts(9, 0, 2, 0, 0, 0);
  public final BlockingQueue<Submit> submits = new LinkedBlockingQueue<>();
  final BlockingQueue<Leave> leaves = new LinkedBlockingQueue<>();
  final BlockingQueue<Control> controls = new LinkedBlockingQueue<>();
  public final BlockingQueue<ExchangeEnded> ended = new LinkedBlockingQueue<>();
  volatile Admission admission = new Admitted(Plans.FAST, 0, Duration.ZERO);
  private final Bus bus;

  FakeStages(Vertx vertx) {
    bus = Bus.of(vertx);
    bus.listen(
        Address.ROUTING_SUBMIT,
        submit -> {
          submits.add(submit);
          bus.send(Address.ingress(0), new Answered(submit.exchange(), admission));
        });
    bus.listen(Address.ROUTING_LEAVE, leaves::add);
    bus.listen(Address.control(Plans.ONE), controls::add);
    bus.listen(Address.EXCHANGE_ENDED, ended::add);
    bus.answer(Address.METRICS_SCRAPE, scrape -> new Scraped("# some meters\n"));
  }

  public Bus bus() {
    return bus;
  }

  void text(ExchangeId exchange, String text) {
    say(exchange, new ChatEvent.Text(text));
  }

  void finish(ExchangeId exchange) {
    say(exchange, new ChatEvent.Finished(FinishReason.STOP, COUNTS));
  }

  void say(ExchangeId exchange, ChatEvent... events) {
    bus.send(Address.ingress(0), new Said(exchange, Plans.PLACED, List.of(events)));
  }

  void fail(ExchangeId exchange, Failure.Kind kind, Outcome outcome) {
    Failure failure = Failure.of(kind, "It went wrong.");
    bus.send(Address.ingress(0), new Broke(exchange, Plans.PLACED, failure, outcome));
  }

  public static <T> T next(BlockingQueue<T> queue) throws InterruptedException {
    T first = queue.poll(30, TimeUnit.SECONDS);
    if (first == null) {
      throw new AssertionError("nothing came");
    }
    return first;
  }
}
