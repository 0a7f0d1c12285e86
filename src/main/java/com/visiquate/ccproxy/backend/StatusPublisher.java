package com.visiquate.ccproxy.backend;

import io.vertx.core.Vertx;

/** Publishes what has changed: a few changes at once, those of a burst together a moment later. */
final class StatusPublisher {
  private final Vertx vertx;
  private final Runnable publish;
  private final Pacer pacer = new Pacer();
  private boolean publishing;
  private boolean ended;

  StatusPublisher(Vertx vertx, Runnable publish) {
    this.vertx = vertx;
    this.publish = publish;
  }

  void changed() {
    if (publishing || ended) {
      return;
    }
    publishing = true;
    if (pacer.allows(System.nanoTime())) {
      vertx.getOrCreateContext().runOnContext(nothing -> publish());
    } else {
      vertx.setTimer(Pacer.WINDOW.toMillis(), nothing -> publish());
    }
  }

  /** Nothing is published any more. */
  void end() {
    ended = true;
  }

  private void publish() {
    publishing = false;
    if (!ended) {
      publish.run();
    }
  }
}
