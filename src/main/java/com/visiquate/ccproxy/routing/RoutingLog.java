package com.visiquate.ccproxy.routing;

import com.visiquate.ccproxy.bus.BusMessage.NoRoom;
import com.visiquate.ccproxy.bus.Fact.Corrected;
import com.visiquate.ccproxy.fleet.BackendId;
import com.visiquate.ccproxy.fleet.ExchangeId;
import com.visiquate.ccproxy.fleet.Label;
import com.visiquate.ccproxy.fleet.LogKeys;
import com.visiquate.ccproxy.routing.request.RoutingEffect;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What routing tells the log. */
final class RoutingLog {
  private static final Logger LOG = LoggerFactory.getLogger(RoutingLog.class);

  private RoutingLog() {}

  static void waits(RoutingEffect.Wait wait) {
    LOG.atDebug().addKeyValue(LogKeys.EXCHANGE, wait.submission().exchange()).log("waits");
  }

  static void refused(RoutingEffect.Refuse refuse) {
    LOG.atDebug()
        .addKeyValue(LogKeys.EXCHANGE, refuse.submission().exchange())
        .addKeyValue(LogKeys.KIND, refuse.failure().kind())
        .log("refused");
  }

  static void corrected(Corrected fact) {
    LOG.atInfo()
        .addKeyValue(LogKeys.BACKEND, fact.backend())
        .addKeyValue(LogKeys.MODEL, fact.model())
        .addKeyValue(LogKeys.BELIEF, Label.of(fact.belief()))
        .addKeyValue(LogKeys.NOW, fact.now())
        .log("corrected");
  }

  static void starts(ExchangeId exchange, BackendId backend, Object cost) {
    LOG.atDebug()
        .addKeyValue(LogKeys.EXCHANGE, exchange)
        .addKeyValue(LogKeys.BACKEND, backend)
        .addKeyValue(LogKeys.COST, cost)
        .log("starts");
  }

  static void noRoom(NoRoom full) {
    LOG.atDebug()
        .addKeyValue(LogKeys.EXCHANGE, full.exchange())
        .addKeyValue(LogKeys.BACKEND, full.backend())
        .addKeyValue(LogKeys.REASON, full.reason())
        .log("no room");
  }

  static void overdue(PendingStarts.Order order) {
    LOG.atDebug()
        .addKeyValue(LogKeys.EXCHANGE, order.exchange())
        .addKeyValue(LogKeys.BACKEND, order.backend())
        .log("overdue");
  }

  static void noAnswer(PendingStarts.Order order) {
    LOG.atWarn()
        .addKeyValue(LogKeys.EXCHANGE, order.exchange())
        .addKeyValue(LogKeys.BACKEND, order.backend())
        .log("no answer");
  }

  /** A bug of ours, outside of any message. */
  static void failed(RuntimeException bug) {
    LOG.atError().addKeyValue(LogKeys.REASON, bug).setCause(bug).log("a timer failed by a bug");
  }
}
