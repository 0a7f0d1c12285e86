package com.visiquate.ccproxy.launch;

import com.visiquate.ccproxy.config.logs.Logs;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ends the process: in order at the first signal, at once at the second. */
final class Shutdown {
  private static final Logger LOG = LoggerFactory.getLogger(Logs.LIFE_CYCLE);
  private final Running running;
  private final Surroundings surroundings;
  private final AtomicBoolean begun = new AtomicBoolean();

  Shutdown(Running running, Surroundings surroundings) {
    this.running = running;
    this.surroundings = surroundings;
  }

  /** Listens for signals from now on. */
  void install() {
    surroundings.onSignal(this::signalled);
  }

  private void signalled(int number) {
    if (begun.compareAndSet(false, true)) {
      LOG.info("signal {}: stopping; a second one ends at once", number);
      end(ExitCode.SIGNAL + number);
    } else {
      surroundings.halt(ExitCode.SIGNAL + number);
    }
  }

  /** Ends because it could not start; may be called on an event loop. */
  void failed() {
    // A thread of its own: closing Vert.x needs the event loop that calls this.
    Thread.ofPlatform().name("could-not-start").start(() -> end(ExitCode.COULD_NOT_START));
  }

  /** Waits on its own thread, with a bound, so that not even a blocked event loop keeps us. */
  private void end(int code) {
    CountDownLatch stopped = new CountDownLatch(1);
    running.stop().onComplete(done -> stopped.countDown());
    try {
      if (!stopped.await(running.patience().toMillis(), TimeUnit.MILLISECONDS)) {
        surroundings.halt(code);
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
    surroundings.exit(code);
  }
}
