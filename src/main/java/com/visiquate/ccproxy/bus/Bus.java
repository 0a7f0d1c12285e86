package com.visiquate.ccproxy.bus;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.MessageConsumer;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Function;

/** Vert.x's event bus with types: the only way in which stages talk. */
public final class Bus {
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

  /** Asks; the future fails only when nobody answers within the time. */
  public <T extends BusMessage, G extends BusMessage> Future<G> ask(
      Address<T, G> to, T message, Duration within) {
    DeliveryOptions bounded =
        new DeliveryOptions(options).setSendTimeout(Math.max(1, within.toMillis()));
    return events.<G>request(to.name(), message, bounded).map(reply -> reply.body());
  }

  /** Listens on the caller's context. */
  public <T extends BusMessage> Subscription listen(
      Address<T, Address.Nothing> at, Consumer<? super T> handler) {
    MessageConsumer<T> consumer = events.localConsumer(at.name());
    consumer.handler(message -> handler.accept(message.body()));
    return consumer::unregister;
  }

  /** Answers at once, on the caller's context. */
  public <T extends BusMessage, G extends BusMessage> Subscription answer(
      Address<T, G> at, Function<? super T, ? extends G> handler) {
    MessageConsumer<T> consumer = events.localConsumer(at.name());
    consumer.handler(message -> message.reply(handler.apply(message.body()), options));
    return consumer::unregister;
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
    return consumer::unregister;
  }

  /** Something that listens until it is ended; ending twice is harmless. */
  @FunctionalInterface
  public interface Subscription {
    Future<Void> end();
  }
}
