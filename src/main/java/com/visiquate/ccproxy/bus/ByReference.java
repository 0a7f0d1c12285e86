package com.visiquate.ccproxy.bus;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.MessageCodec;

/** Hands messages on as they are; they are immutable, and the bus is local. */
final class ByReference implements MessageCodec<BusMessage, BusMessage> {
  static final String NAME = "ccproxy";

  private ByReference() {}

  static void register(Vertx vertx) {
    try {
      vertx.eventBus().registerCodec(new ByReference());
    } catch (IllegalStateException alreadyRegistered) {
      // One codec for each Vert.x; whoever came first has done it.
      return;
    }
  }

  @Override
  public BusMessage transform(BusMessage message) {
    return message;
  }

  @Override
  public void encodeToWire(Buffer buffer, BusMessage message) {
    throw new IllegalStateException("messages do not leave this node");
  }

  @Override
  public BusMessage decodeFromWire(int position, Buffer buffer) {
    throw new IllegalStateException("messages do not come from other nodes");
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public byte systemCodecID() {
    return -1;
  }
}
