package com.visiquate.ccproxy.http.intake;

import com.visiquate.ccproxy.dialect.Family;
import com.visiquate.ccproxy.http.ingress.Services;
import com.visiquate.ccproxy.http.reply.Head;
import com.visiquate.ccproxy.http.reply.HttpReply;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Where Claude Code sends events about itself: taken, thrown away, and answered kindly. */
public final class EventLog {
  public static final List<String> PATHS =
      List.of("/api/event_logging/batch", "/api/event_logging/v2/batch");
  private static final byte[] NOTHING = "{}".getBytes(StandardCharsets.UTF_8);

  private final HttpReply reply;
  private final Services services;
  private final Visit visit;
  private long left;
  private boolean done;

  private EventLog(Services services, Visit visit) {
    this.services = services;
    this.visit = visit;
    this.reply = services.reply(visit.request(), Family.ANTHROPIC);
    this.left = services.bodyLimit();
  }

  public static void begin(Services services, Visit visit) {
    new EventLog(services, visit).drain();
  }

  private void drain() {
    if (visit.activity().isTaken()) {
      reply.closeAfterwards();
    }
    visit.activity().expectBody(this::enough);
    visit.request().handler(this::more).endHandler(end -> answer());
  }

  private void more(Buffer chunk) {
    if (done) {
      return;
    }
    visit.activity().touch();
    left -= chunk.length();
    if (left < 0) {
      enough();
    }
  }

  /** Too much or too slow: it has been thanked, and the rest is not wanted. */
  private void enough() {
    reply.closeAfterwards();
    answer();
  }

  private void answer() {
    if (!done) {
      done = true;
      visit.activity().bodyEnded();
      reply.whole(Head.of(services.nextId()), HttpReply.JSON, NOTHING);
    }
  }
}
