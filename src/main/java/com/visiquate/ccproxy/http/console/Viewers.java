package com.visiquate.ccproxy.http.console;

import com.visiquate.ccproxy.bus.Address;
import com.visiquate.ccproxy.bus.Bus;
import com.visiquate.ccproxy.bus.FeedMessage.Frame;
import com.visiquate.ccproxy.bus.FeedMessage.Watch;
import com.visiquate.ccproxy.bus.FeedMessage.Watched;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * All who watch the feed on one ingress. While there are any, it hears the frames; each is one
 * buffer for all of them.
 */
public final class Viewers {
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private static final String DATA = "\ndata: ";

  /** Of one ingress. */
  private static final int MOST = 250;

  private final Bus bus;
  private final InstantSource clock;
  private final Set<Viewer> all = new LinkedHashSet<>();
  private Bus.@Nullable Subscription frames;

  public Viewers(Bus bus, InstantSource clock) {
    this.bus = bus;
    this.clock = clock;
  }

  boolean hasRoom() {
    return all.size() < MOST;
  }

  /**
   * One more.
   *
   * @param last the version that he knows; null when he knows none
   */
  void join(HttpServerResponse response, HttpConnection connection, @Nullable String last) {
    Viewer viewer = new Viewer(response, connection, this::ask, clock, last);
    all.add(viewer);
    response.closeHandler(gone -> leave(viewer)).exceptionHandler(broken -> leave(viewer));
    if (frames == null) {
      frames = bus.listen(Address.CONSOLE_FRAMES, this::heard);
    }
    viewer.begin();
  }

  /** All that there is to see now, as JSON. */
  Future<Buffer> look() {
    return bus.ask(Address.CONSOLE_WATCH, new Watch(null, true), PATIENCE).map(Viewers::document);
  }

  private static Buffer document(Watched watched) {
    String event = new String(watched.frames().getFirst().bytes(), StandardCharsets.UTF_8);
    return Buffer.buffer(event.substring(event.indexOf(DATA) + DATA.length()).strip() + "\n");
  }

  /** The gateway ends: they come back to whoever takes its place. */
  public void end() {
    List.copyOf(all).forEach(Viewer::end);
    all.clear();
    rest();
  }

  private void leave(Viewer viewer) {
    all.remove(viewer);
    if (all.isEmpty()) {
      rest();
    }
  }

  private void rest() {
    Bus.Subscription heard = frames;
    frames = null;
    if (heard != null) {
      heard.end();
    }
  }

  private void heard(Frame frame) {
    Buffer bytes = Buffer.buffer(frame.bytes());
    // A copy: one that is dropped leaves.
    List.copyOf(all).forEach(viewer -> viewer.heard(frame, bytes));
  }

  private Future<Watched> ask(@Nullable String last) {
    return bus.ask(Address.CONSOLE_WATCH, new Watch(last, false), PATIENCE);
  }
}
