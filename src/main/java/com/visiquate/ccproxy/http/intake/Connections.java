package com.visiquate.ccproxy.http.intake;

import com.visiquate.ccproxy.config.ServerSettings;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The client connections of one ingress. Closes those on which nothing has moved for too long;
 * Vert.x's own idle timeout would also close those whose client waits for its answer.
 */
public final class Connections {
  private static final long LONGEST_GAP = 5_000;
  private final Map<HttpConnection, Activity> open = new HashMap<>();
  private final InstantSource clock;
  private final Duration idle;
  private final Duration headWait;
  private final Duration bodyWait;

  public Connections(InstantSource clock, ServerSettings settings) {
    this.clock = clock;
    this.idle = settings.idle();
    this.headWait = settings.edge().headWait();
    this.bodyWait = settings.edge().bodyWait();
  }

  /** Milliseconds between two sweeps: a fraction of the shortest of the times that it watches. */
  public static long sweepGap(ServerSettings settings) {
    long shortest =
        Stream.of(settings.idle(), settings.edge().headWait(), settings.edge().bodyWait())
            .filter(Duration::isPositive)
            .mapToLong(Duration::toMillis)
            .min()
            .orElse(LONGEST_GAP);
    return Math.clamp(shortest / 4, 10, LONGEST_GAP);
  }

  public void opened(HttpConnection connection) {
    open.put(connection, new Activity(clock));
    connection.closeHandler(closed -> open.remove(connection));
  }

  /** The activity of a connection, which has just sent something. */
  public Activity activity(HttpConnection connection) {
    Activity activity = open.computeIfAbsent(connection, unseen -> new Activity(clock));
    activity.touch();
    activity.spoken = true;
    return activity;
  }

  public void sweep(Instant now) {
    for (Map.Entry<HttpConnection, Activity> entry : List.copyOf(open.entrySet())) {
      Activity activity = entry.getValue();
      activity.endSlowBody(now, bodyWait);
      if (activity.isIdle(now, idle) || activity.isSilent(now, headWait)) {
        entry.getKey().close();
      }
    }
  }

  int size() {
    return open.size();
  }

  /** What one connection is doing. */
  public static final class Activity {
    private final InstantSource clock;
    private Instant moved;
    private int served;
    private boolean last;
    private boolean spoken;
    private @Nullable Runnable tooSlow;
    private Instant bodySince;

    private Activity(InstantSource clock) {
      this.clock = clock;
      this.moved = clock.instant();
      this.bodySince = moved;
    }

    /** A body has begun; whoever waits for it is told once when it takes too long. */
    void expectBody(Runnable whenTooSlow) {
      tooSlow = whenTooSlow;
      bodySince = clock.instant();
    }

    /** The body is wanted no more, or all there. */
    void bodyEnded() {
      tooSlow = null;
    }

    private void endSlowBody(Instant now, Duration limit) {
      Runnable waiting = tooSlow;
      if (waiting != null && limit.isPositive() && !now.isBefore(bodySince.plus(limit))) {
        tooSlow = null;
        waiting.run();
      }
    }

    /** Whether it has been opened and then nobody has asked anything, however many bytes came. */
    private boolean isSilent(Instant now, Duration limit) {
      return !spoken && limit.isPositive() && !now.isBefore(moved.plus(limit));
    }

    void touch() {
      moved = clock.instant();
    }

    /** Its client waits for this response: it is not idle before that has ended. */
    public void serve(HttpServerResponse response) {
      served++;
      response.endHandler(
          end -> {
            served--;
            touch();
          });
    }

    /** Nothing that follows on its connection is to be believed. */
    public void takeLast() {
      last = true;
    }

    public boolean isTaken() {
      return last;
    }

    private boolean isIdle(Instant now, Duration limit) {
      return served == 0 && limit.isPositive() && !now.isBefore(moved.plus(limit));
    }
  }
}
