package com.visiquate.ccproxy.bus;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import io.vertx.core.eventbus.impl.MessageConsumerImpl;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Vert.x's event bus with types: the only way in which stages talk. */
public final class Bus {
  private static final Logger LOG = LoggerFactory.getLogger(Bus.class);
  private final EventBus events;
  private final DeliveryOptions options =
      new DeliveryOptions().setCodecName(ByReference.NAME).setLocalOnly(true);

  private Bus(EventBus events) {
    this.events = events;
  }

  /** The bus of a Vert.x instance; registers the codec the first time. */
  public static Bus of(Vertx vertx) {
    ByReference.register(vertx);
    return new Bus(vertx.eventBus());
  }

  /** Tells whoever listens at the address. */
  public <T extends BusMessage> void send(Address<T, Address.Nothing> to, T message) {
    events.send(to.name(), message, options);
  }

  /** Tells everybody who listens at the address. */
  public <T extends BusMessage> void publish(Address<T, Address.Nothing> to, T message) {
    events.publish(to.name(), message, options);
  }

  /**
   * Asks; the future fails only when nobody answers within the time, or at once if nobody is there.
   */
  public <T extends BusMessage, G extends BusMessage> Future<G> ask(
      Address<T, G> to, T message, Duration within) {
    DeliveryOptions bounded =
        new DeliveryOptions(options).setSendTimeout(Math.max(1, within.toMillis()));
    return events.<G>request(to.name(), message, bounded).map(reply -> reply.body());
  }

  /** Whether an {@link #ask} has failed only because its time was up: it may still be heard. */
  public static boolean isLate(Throwable cause) {
    return cause instanceof ReplyException reply && reply.failureType() == ReplyFailure.TIMEOUT;
  }

  /** Listens on the caller's context. */
  public <T extends BusMessage> Subscription listen(
      Address<T, Address.Nothing> at, Consumer<? super T> handler) {
    MessageConsumer<T> consumer = events.localConsumer(at.name());
    consumer.handler(message -> handler.accept(message.body()));
    return () -> end(consumer);
  }

  /** Answers at once, on the caller's context. */
  public <T extends BusMessage, G extends BusMessage> Subscription answer(
      Address<T, G> at, Function<? super T, ? extends G> handler) {
    MessageConsumer<T> consumer = events.localConsumer(at.name());
    consumer.handler(message -> message.reply(handler.apply(message.body()), options));
    return () -> end(consumer);
  }

  /** Answers later; the future must not fail: a refusal is a value. */
  public <T extends BusMessage, G extends BusMessage> Subscription answerLater(
      Address<T, G> at, Function<? super T, Future<? extends G>> handler) {
    MessageConsumer<T> consumer = events.localConsumer(at.name());
    consumer.handler(
        message ->
            handler
                .apply(message.body())
                .onSuccess(reply -> message.reply(reply, options))
                .onFailure(cause -> message.fail(1, String.valueOf(cause.getMessage()))));
    return () -> end(consumer);
  }

  /**
   * What is still on its way to somebody who ends is for nobody, as it is a moment later. Vert.x
   * would warn of each such message, at every clean end; a consumer that is lost is still told of.
   */
  private static Future<Void> end(MessageConsumer<?> consumer) {
    if (consumer instanceof MessageConsumerImpl<?> known) {
      known.discardHandler(late -> LOG.trace("too late for {}", late.address()));
    }
    return consumer.unregister();
  }

  /** Something that listens until it is ended; ending twice is harmless. */
  @FunctionalInterface
  public interface Subscription {
    Future<Void> end();
  }
}
