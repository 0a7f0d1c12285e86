package com.visiquate.ccproxy.simulator.engine;

import com.visiquate.ccproxy.simulator.engine.Run.Phase;
import com.visiquate.ccproxy.simulator.model.Profile;
import com.visiquate.ccproxy.simulator.request.Claim;
import com.visiquate.ccproxy.simulator.speech.Utterance;
import com.visiquate.ccproxy.simulator.wire.Refusal;
import java.util.List;

/**
 * A server without its sockets: takes runs through load, silent wait, prompt and answer. Knows no
 * clock: every call brings the time in nanoseconds, and nothing moves between calls.
 */
public final class Engine {
  private static final String BUSY =
      "server busy, please try again.  maximum pending requests exceeded";

  private final Profile profile;
  private final Ledger ledger;
  private final Residency residency;
  private final Machine machine;
  private final ClientPoll poll;
  private final Lines lines = new Lines();
  private long last;
  private boolean dead;

  public Engine(Profile profile, Ledger ledger, long now) {
    this.profile = profile;
    this.ledger = ledger;
    this.residency = new Residency(profile, ledger);
    this.machine = Machine.of(profile);
    this.poll = new ClientPoll(profile);
    this.last = now;
  }

  public Residency residency() {
    return residency;
  }

  /** Whether time moves nothing. */
  public boolean idle() {
    return machine.idle() && !residency.busy();
  }

  public void submit(Run run, long now) {
    advance(now);
    ledger.running(run.model().name(), 1);
    switch (residency.admit(run.claim())) {
      case READY -> arrive(run, now);
      case QUEUED -> lines.addLoading(run);
      case FULL -> {
        over(run);
        run.listener().failed(Refusal.error(503, BUSY));
      }
    }
    advance(now);
  }

  /** The process is killed: who leaves it later has been counted out already. */
  public void die() {
    dead = true;
    ledger.nothingRuns();
  }

  /** The client has gone. */
  public void leave(Run run, long now) {
    if (dead || run.phase() == Phase.ENDED || run.abandoned()) {
      return;
    }
    advance(now);
    ledger.abort(run.phase());
    switch (run.phase()) {
      case LOADING -> leaveLoad(run);
      case WAITING -> leaveQueue(run, now);
      case PROMPT -> machine.abandon(run, poll.unnoticed(run, now));
      case STREAMING -> free(run, run.remembered(), now);
      case ENDED -> {}
    }
    advance(now);
  }

  private void leaveLoad(Run run) {
    lines.removeLoading(run);
    residency.withdraw(run.claim());
    over(run);
  }

  private void leaveQueue(Run run, long now) {
    lines.remove(run);
    residency.release(run.claim(), now);
    over(run);
  }

  /** Ends a run that a fault has broken off. */
  public void cancel(Run run, long now) {
    if (run.phase() == Phase.STREAMING) {
      free(run, run.remembered(), now);
    }
  }

  /** Moves everything on to the given time; a load that ended on the way ended when it did. */
  public void advance(long now) {
    long ready = residency.readyAt();
    while (ready > last && ready < now) {
      step(ready);
      ready = residency.readyAt();
    }
    step(Math.max(now, last));
  }

  private void step(long now) {
    machine.advance((double) (now - last));
    last = now;
    // Whoever speaks may end, and whoever ends makes room for another.
    while (speak(now) || arrivals(now)) {
      machine.advance(0);
    }
  }

  private boolean arrivals(long now) {
    List<Claim> ready = residency.advance(now);
    for (Claim claim : ready) {
      lines.loading(claim).ifPresent(run -> arrive(run, now));
    }
    return !ready.isEmpty();
  }

  private void arrive(Run run, long now) {
    lines.removeLoading(run);
    run.waits(now);
    if (run.prompt().length == 0) {
      residency.release(run.claim(), now);
      over(run);
      run.listener().end(Totals.NONE);
      return;
    }
    lines.add(run);
    if (!seatNext(run, now)) {
      ledger.silentWait();
    }
  }

  /** Seats the first in line behind this run's model; says whether somebody got a slot. */
  private boolean seatNext(Run run, long now) {
    Resident resident = residency.resident(run.model());
    Run next = lines.first(run);
    if (resident == null || next == null) {
      return false;
    }
    return resident.slots().seat(next.prompt()).map(seat -> seated(next, seat, now)).orElse(false);
  }

  private boolean seated(Run run, SlotPool.Seat seat, long now) {
    lines.remove(run);
    int computed = run.prompt().length - seat.cached();
    ledger.prompt(seat.cached(), computed);
    run.seated(seat, 1e9 / (run.model().promptRate() * profile.pace().scale()), now);
    machine.read(run);
    return true;
  }

  private boolean speak(long now) {
    boolean ended = false;
    for (Run run : machine.answers()) {
      while (run.maySpeak()) {
        ended |= utter(run, now);
      }
    }
    return ended;
  }

  /** One utterance; says whether it was the last. */
  private boolean utter(Run run, long now) {
    if (run.abandoned()) {
      free(run, run.computed(), now);
      return true;
    }
    run.speaks(now);
    run.spent(1);
    return switch (run.speech().next(now)) {
      case Utterance.Line line -> said(run, line);
      case Utterance.Silence silence -> false;
      case Utterance.Waiting nothing -> held(run);
      case Utterance.End end -> finish(run, end, now);
      case Utterance.Failure failure -> fail(run, failure, now);
    };
  }

  private static boolean said(Run run, Utterance.Line line) {
    run.listener().line(line);
    return false;
  }

  private static boolean held(Run run) {
    run.idled();
    return false;
  }

  private boolean finish(Run run, Utterance.End end, long now) {
    free(run, run.remembered(), now);
    run.listener().end(Totals.of(run, end, profile, now));
    return true;
  }

  private boolean fail(Run run, Utterance.Failure failure, long now) {
    free(run, new int[0], now);
    run.listener().failed(Refusal.late(500, failure.error()));
    return true;
  }

  private void free(Run run, int[] remembered, long now) {
    machine.drop(run);
    SlotPool.Seat seat = run.seat();
    if (seat != null) {
      seat.slot().vacate(remembered);
      ledger.occupied(Occupancy.of(run, now));
    }
    residency.release(run.claim(), now);
    over(run);
    seatNext(run, now);
  }

  private void over(Run run) {
    run.ended();
    ledger.running(run.model().name(), -1);
  }
}
