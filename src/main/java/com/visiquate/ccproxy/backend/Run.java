package com.visiquate.ccproxy.backend;

import com.visiquate.ccproxy.backend.exchange.Departure;
import com.visiquate.ccproxy.backend.exchange.Grace;
import com.visiquate.ccproxy.backend.exchange.Haunt;
import com.visiquate.ccproxy.backend.exchange.Limit;
import com.visiquate.ccproxy.backend.exchange.OllamaExchange;
import com.visiquate.ccproxy.backend.exchange.RunEffect;
import com.visiquate.ccproxy.backend.exchange.Verdict;
import com.visiquate.ccproxy.bus.BusMessage;
import com.visiquate.ccproxy.bus.BusMessage.Start;
import com.visiquate.ccproxy.bus.RearmableTimer;
import com.visiquate.ccproxy.chat.Failure;
import com.visiquate.ccproxy.fleet.ModelSpec;
import com.visiquate.ccproxy.ollama.ChatBody;
import com.visiquate.ccproxy.ollama.ReplyReader;
import com.visiquate.ccproxy.ollama.RequestBody;
import com.visiquate.ccproxy.ollama.client.OllamaCall;
import com.visiquate.ccproxy.ollama.client.OllamaClient;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One exchange as it runs: owns its connection and its timers, and does what the core says. */
final class Run implements OllamaCall.Listener {
  private Start start;
  private final Standing standing;
  private final Owner owner;
  private final Vertx vertx;
  private final Clock clock;
  private final Grace exchange;
  private final Edge edge;
  private final RunLimits limits;
  private final RearmableTimer settle;
  private @Nullable OllamaCall call;
  private final Inbox inbox = new Inbox();
  private long sentMillis;
  private boolean flushing;
  private boolean over;

  public Run(
      Start start, Standing standing, Owner owner, TimerPool alarms, Vertx vertx, Clock clock) {
    this.start = start;
    this.standing = standing;
    this.owner = owner;
    this.vertx = vertx;
    this.clock = clock;
    OllamaExchange core =
        new OllamaExchange(start.model(), new ReplyReader(start.request()), start.whole());
    exchange = new Grace(core);
    edge = new Edge(() -> this.start.exchange(), this::crash);
    limits = new RunLimits(standing, alarms, clock, limit -> edge.guard(() -> late(limit)));
    settle = new RearmableTimer(vertx);
  }

  Start start() {
    return start;
  }

  ModelSpec model() {
    return start.model();
  }

  void open(OllamaClient client) {
    switch (RequestBody.encode(model(), standing.installed(model()), start.request())) {
      case ChatBody.Encoded.Unfit(var failure) -> apply(exchange.unfit(failure));
      case ChatBody.Encoded.Body(var bytes) -> {
        limits.begin(start.deadline());
        String path = RequestBody.path(start.request());
        call = client.ask(path, bytes, standing.limits().connect(), this);
      }
    }
  }

  /** The same request is here again and gets what has been done; false when it is too late. */
  boolean takeOver(Start again) {
    hear();
    if (over || !exchange.takeOver(again.whole())) {
      return false;
    }
    start = again;
    settle.clear();
    limits.begin(start.deadline());
    limits.watchGaps();
    // Its answer comes first.
    vertx.getOrCreateContext().runOnContext(nothing -> edge.guard(this::flush));
    return true;
  }

  void credit(int messages) {
    apply(exchange.credit(messages));
  }

  void stop(BusMessage.Why why) {
    hear();
    apply(exchange.leave(why, departure()));
  }

  private Departure departure() {
    return standing.departure(start, Duration.ofMillis(clock.millis() - sentMillis));
  }

  void shutDown(Failure failure) {
    hear();
    apply(exchange.shutDown(failure));
  }

  /** A bug: what runs is broken off, and whoever waits for it is told. */
  void crash() {
    apply(exchange.crashed(Failure.bug()));
  }

  /** Ollama says that the model is in memory. */
  void resident() {
    apply(exchange.resident());
  }

  Grace exchange() {
    return exchange;
  }

  @Override
  public void sent() {
    exchange.sent();
    sentMillis = clock.millis();
  }

  @Override
  public void answered(int status) {
    limits.answered();
    edge.guard(() -> apply(exchange.answered(status, clock.millis())));
  }

  @Override
  public void read(byte[] bytes) {
    // One read of the socket arrives as many chunks: what they say goes out as one message.
    inbox.add(bytes);
    if (!flushing) {
      flushing = true;
      vertx.getOrCreateContext().runOnContext(nothing -> edge.guard(this::flush));
    }
  }

  private void flush() {
    flushing = false;
    hear();
    apply(exchange.flush());
  }

  /** Before anything else happens: what has come may be the end. */
  private void hear() {
    if (!inbox.isEmpty()) {
      apply(exchange.read(inbox.take(), clock.millis()));
    }
  }

  @Override
  public void ended() {
    edge.guard(() -> heard(exchange::ended));
  }

  @Override
  public void broke(boolean connected, Throwable cause) {
    String why = connected ? "its connection broke" : "it does not accept connections";
    edge.guard(() -> heard(() -> exchange.failed(Verdict.lost(connected, cause), why)));
  }

  private void heard(Supplier<List<RunEffect>> then) {
    hear();
    apply(then.get());
  }

  private void late(Limit limit) {
    hear();
    if (limit != Limit.BETWEEN_TOKENS || limits.isGapOver(exchange.silentMillis(clock.millis()))) {
      apply(exchange.late(limit, departure()));
    }
  }

  private void apply(List<RunEffect> effects) {
    effects.forEach(this::apply);
  }

  private void apply(RunEffect effect) {
    switch (effect) {
      case RunEffect.Told told -> tell(told);
      case RunEffect.Close() -> close();
      case RunEffect.Settle(var time) -> settle(time);
      case RunEffect.Well() -> owner.well();
      case RunEffect.Unwell(var why) -> owner.unwell(why);
      case RunEffect.Free() -> free();
    }
  }

  private void tell(RunEffect.Told told) {
    owner.told(this, told);
    if (told instanceof RunEffect.End end && end.ghost()) {
      limits.clear();
    }
  }

  private void settle(Duration most) {
    boolean haunts = exchange.isHaunting();
    settle.set(
        haunts ? haunt().left(most) : most, () -> edge.guard(haunts ? this::hang : this::settled));
  }

  private void settled() {
    hear();
    apply(exchange.settled(departure()));
  }

  private void hang() {
    if (exchange.isHaunting()) {
      owner.hung(haunt().reason());
    }
    settled();
  }

  private Haunt haunt() {
    return new Haunt(start.reading(), Duration.ofMillis(clock.millis() - sentMillis));
  }

  private void close() {
    limits.clear();
    if (call != null) {
      call.close();
    }
  }

  private void free() {
    over = true;
    limits.end();
    settle.clear();
    owner.over(this);
  }
}
