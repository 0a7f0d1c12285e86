package com.visiquate.ccproxy.alerts;

import com.visiquate.ccproxy.bus.AlertMessage.Alert;
import com.visiquate.ccproxy.fleet.LogKeys;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells one receiver of alerts, one after the other, in order, and tries each again for a while. It
 * belongs to one context; what it has not told when ccproxy ends is not told.
 */
final class Courier {
  static final int MOST = 100;
  private static final Logger LOG = LoggerFactory.getLogger(Courier.class);
  private final Vertx vertx;
  private final Channel channel;
  private final Patience patience;
  private final Deque<Alert> waiting = new ArrayDeque<>();
  private int tried;
  private boolean busy;
  private boolean ended;

  Courier(Vertx vertx, Channel channel, Patience patience) {
    this.vertx = vertx;
    this.channel = channel;
    this.patience = patience;
  }

  /** One more to tell; when too many wait, the oldest of them is given up. */
  void take(Alert alert) {
    waiting.addLast(alert);
    if (waiting.size() > MOST) {
      // The first one may be on its way.
      Alert first = waiting.removeFirst();
      Alert lost = busy ? waiting.removeFirst() : first;
      if (busy) {
        waiting.addFirst(first);
      }
      giveUp(lost, "too many wait");
    }
    next();
  }

  /** How many are not told yet. */
  int waiting() {
    return waiting.size();
  }

  Future<?> end() {
    ended = true;
    return channel.close();
  }

  private void next() {
    Alert alert = waiting.peekFirst();
    if (busy || ended || alert == null) {
      return;
    }
    busy = true;
    tried++;
    tell(alert).onSuccess(told -> done()).onFailure(cause -> failed(alert, reason(cause)));
  }

  /** What a channel throws is one more way in which it fails. */
  private Future<?> tell(Alert alert) {
    try {
      return channel.tell(alert);
    } catch (RuntimeException bug) {
      return Future.failedFuture(bug);
    }
  }

  private void done() {
    waiting.pollFirst();
    tried = 0;
    busy = false;
    next();
  }

  private void failed(Alert alert, String reason) {
    if (ended) {
      return;
    }
    if (tried >= patience.tries()) {
      giveUp(alert, reason);
      done();
      return;
    }
    LOG.atWarn()
        .addKeyValue(LogKeys.ALERT, alert.id())
        .addKeyValue(LogKeys.CHANNEL, channel.name())
        .addKeyValue(LogKeys.RETRY_S, patience.after(tried).toSeconds())
        .addKeyValue(LogKeys.REASON, reason)
        .log("alert is not told yet");
    vertx.setTimer(
        Math.max(1, patience.after(tried).toMillis()),
        again -> {
          busy = false;
          next();
        });
  }

  private void giveUp(Alert alert, String reason) {
    LOG.atError()
        .addKeyValue(LogKeys.ALERT, alert.id())
        .addKeyValue(LogKeys.CHANNEL, channel.name())
        .addKeyValue(LogKeys.REASON, reason)
        .log("alert could not be told");
  }

  private static String reason(Throwable cause) {
    String message = cause.getMessage();
    return message == null ? cause.getClass().getSimpleName() : message;
  }
}
