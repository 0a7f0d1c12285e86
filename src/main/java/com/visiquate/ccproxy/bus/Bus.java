package com.visiquate.ccproxy.bus;

import com.visiquate.ccproxy.fleet.LogKeys;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/** Vert.x's event bus with types: the only way in which stages talk. */
public final class Bus {
  /** Among whom the routing of a node that leads talks, by way of its cluster. */
  public static final String LEADER = "leader";

  private static final Logger LOG = LoggerFactory.getLogger(Bus.class);
  private final EventBus events;
  private final Mender mender;
  private final DeliveryOptions options =
      new DeliveryOptions().setCodecName(ByReference.NAME).setLocalOnly(true);

  /** How many listen at each address, for all who use this Vert.x. */
  private final Map<String, Integer> listeners;

  /** Who talks here; empty for the whole house. */
  private final String circle;

  private Bus(EventBus events, Mender mender, Map<String, Integer> listeners, String circle) {
    this.events = events;
    this.mender = mender;
    this.listeners = listeners;
    this.circle = circle;
  }

  /** The bus of a Vert.x instance; registers the codec the first time. */
  public static Bus of(Vertx vertx) {
    ByReference.register(vertx);
    return new Bus(
        vertx.eventBus(), message -> {}, vertx.sharedData().getLocalMap("ccproxy.listeners"), "");
  }

  /** The same bus for one stage, which makes good what its own bugs have left half done. */
  public Bus mendedBy(Mender stage) {
    return new Bus(events, stage, listeners, circle);
  }

  /**
   * The same bus for those who talk to each other at the same addresses without being overheard.
   */
  public Bus among(String others) {
    return new Bus(events, mender, listeners, others);
  }

  /** Tells whoever listens at the address. */
  public <T extends BusMessage> void send(Address<T, Address.Nothing> to, T message) {
    events.send(name(to), message, options);
  }

  /** Tells everybody who listens at the address. */
  public <T extends BusMessage> void publish(Address<T, Address.Nothing> to, T message) {
    events.publish(name(to), message, options);
  }

  /** Whether anybody listens at the address: a message that is only for them need not be built. */
  public boolean isHeard(Address<?, Address.Nothing> at) {
    return listeners.getOrDefault(name(at), 0) > 0;
  }

  /**
   * Asks; the future fails only when nobody answers within the time, or at once if nobody is there.
   */
  public <T extends BusMessage, G extends BusMessage> Future<G> ask(
      Address<T, G> to, T message, Duration within) {
    DeliveryOptions bounded =
        new DeliveryOptions(options).setSendTimeout(Math.max(1, within.toMillis()));
    return events.<G>request(name(to), message, bounded).map(reply -> reply.body());
  }

  /** Whether an {@link #ask} has failed only because its time was up: it may still be heard. */
  public static boolean isLate(Throwable cause) {
    return cause instanceof ReplyException reply && reply.failureType() == ReplyFailure.TIMEOUT;
  }

  /** Listens on the caller's context. */
  public <T extends BusMessage> Subscription listen(
      Address<T, Address.Nothing> at, Consumer<? super T> handler) {
    return deliver(at, message -> handler.accept(message.body()));
  }

  /** Answers at once, on the caller's context. */
  public <T extends BusMessage, G extends BusMessage> Subscription answer(
      Address<T, G> at, Function<? super T, ? extends G> handler) {
    return deliver(at, message -> message.reply(handler.apply(message.body()), options));
  }

  /** Answers later; the future must not fail: a refusal is a value. */
  public <T extends BusMessage, G extends BusMessage> Subscription answerLater(
      Address<T, G> at, Function<? super T, Future<? extends G>> handler) {
    return deliver(
        at,
        message ->
            handler
                .apply(message.body())
                .onSuccess(reply -> message.reply(reply, options))
                .onFailure(bug -> failed(message, bug)));
  }

  private String name(Address<?, ?> address) {
    return circle.isEmpty() ? address.name() : address.among(circle).name();
  }

  private <T extends BusMessage> Subscription deliver(
      Address<T, ?> at, Consumer<Message<T>> handler) {
    MessageConsumer<T> consumer = events.localConsumer(name(at));
    consumer.handler(
        message -> {
          try {
            handler.accept(message);
          } catch (RuntimeException bug) {
            failed(message, bug);
          }
        });
    listeners.merge(name(at), 1, Integer::sum);
    AtomicBoolean ended = new AtomicBoolean();
    return () -> {
      if (ended.compareAndSet(false, true)) {
        listeners.merge(name(at), -1, Integer::sum);
      }
      return consumer.unregister();
    };
  }

  /** The edge of every stage: a bug fails what its message is about, and nothing else. */
  private void failed(Message<? extends BusMessage> message, Throwable bug) {
    BusMessage body = message.body();
    log(body, bug, "failed by a bug");
    // Whoever asked need not wait for the end of its patience; nobody hears it otherwise.
    message.fail(1, "a bug failed it");
    try {
      mender.mend(body);
    } catch (RuntimeException another) {
      log(body, another, "not mended after a bug");
    }
  }

  private static void log(BusMessage message, Throwable bug, String what) {
    LoggingEventBuilder line = LOG.atError().setCause(bug);
    LoggingEventBuilder named =
        message instanceof AboutExchange about
            ? line.addKeyValue(LogKeys.EXCHANGE, about.exchange())
            : line;
    named.addKeyValue(LogKeys.RECORD, message.getClass().getSimpleName()).log(what);
  }

  /** Makes good what a bug has left half done. */
  @FunctionalInterface
  public interface Mender {
    /** A bug broke off what was done for this message, nobody knows where. */
    void mend(BusMessage message);
  }

  /** Something that listens until it is ended; ending twice is harmless. */
  @FunctionalInterface
  public interface Subscription {
    Future<Void> end();
  }
}
