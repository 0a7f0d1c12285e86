package com.visiquate.ccproxy.capture;

import com.visiquate.ccproxy.bus.Address;
import com.visiquate.ccproxy.bus.Bus;
import com.visiquate.ccproxy.bus.CaptureMessage.Turn;
import com.visiquate.ccproxy.config.CaptureSettings;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps the conversations of those names that are configured; files are written beside it. */
public final class CaptureVerticle extends VerticleBase {
  private static final Logger LOG = LoggerFactory.getLogger(CaptureVerticle.class);
  private static final int MOST_WAITING = 64;
  private static final long LONGEST_END_MILLIS = 2_000;
  private static final Duration SWEEPS = Duration.ofMinutes(1);
  private final CaptureSettings settings;
  private final InstantSource clock;
  private final CaptureFolder folder;
  private final Blanker blanker;
  private final List<Bus.Subscription> subscriptions = new ArrayList<>();
  private Future<Void> last = Future.succeededFuture();
  private Instant sweepAt = Instant.MIN;
  private int waiting;
  private boolean failing;

  public CaptureVerticle(CaptureSettings settings, InstantSource clock) {
    this.settings = settings;
    this.clock = clock;
    this.folder = new CaptureFolder(Path.of(settings.folder()));
    this.blanker = new Blanker(settings.compiled());
  }

  @Override
  public Future<?> start() {
    Bus bus = Bus.of(vertx);
    settings
        .aliases()
        .forEach(name -> subscriptions.add(bus.listen(Address.capturedAlias(name), this::keep)));
    settings
        .keys()
        .forEach(name -> subscriptions.add(bus.listen(Address.capturedKey(name), this::keep)));
    return vertx.executeBlocking(
        () -> {
          folder.open();
          return folder;
        });
  }

  /** What came before is written, if that does not take too long. */
  @Override
  public Future<?> stop() {
    return Future.join(subscriptions.stream().map(Bus.Subscription::end).toList())
        .compose(deaf -> last.timeout(LONGEST_END_MILLIS, TimeUnit.MILLISECONDS))
        .otherwiseEmpty();
  }

  /** In the order in which they come; a disk that is too slow for that loses some. */
  private void keep(Turn turn) {
    if (waiting >= MOST_WAITING) {
      failed("the disk is too slow");
      return;
    }
    waiting++;
    boolean sweeps = !clock.instant().isBefore(sweepAt);
    sweepAt = sweeps ? clock.instant().plus(SWEEPS) : sweepAt;
    last =
        vertx
            .executeBlocking(() -> written(turn, sweeps))
            .onSuccess(written -> failing = false)
            .onFailure(cause -> failed(String.valueOf(cause)))
            .onComplete(done -> waiting--)
            .<Void>mapEmpty()
            .otherwiseEmpty();
  }

  private Line written(Turn turn, boolean sweeps) throws IOException {
    Line line = Line.of(turn, blanker);
    folder.keep(line);
    if (sweeps) {
      folder.sweep(settings.keep(), settings.size(), clock.instant());
    }
    return line;
  }

  private void failed(String why) {
    if (!failing) {
      LOG.warn("capture: conversations are not kept: {}", why);
    }
    failing = true;
  }
}
