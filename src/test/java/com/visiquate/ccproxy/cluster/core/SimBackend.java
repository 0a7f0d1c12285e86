package com.visiquate.ccproxy.cluster.core;

import static org.assertj.core.api.Assertions.fail;

import com.visiquate.ccproxy.backend.health.Slots;
import com.visiquate.ccproxy.bus.BusMessage;
import com.visiquate.ccproxy.bus.BusMessage.Ended;
import com.visiquate.ccproxy.bus.BusMessage.FirstToken;
import com.visiquate.ccproxy.bus.BusMessage.GhostGone;
import com.visiquate.ccproxy.bus.BusMessage.Lost;
import com.visiquate.ccproxy.bus.BusMessage.NoRoom;
import com.visiquate.ccproxy.bus.BusMessage.Said;
import com.visiquate.ccproxy.bus.BusMessage.SlotReport;
import com.visiquate.ccproxy.bus.BusMessage.Start;
import com.visiquate.ccproxy.bus.BusMessage.Started;
import com.visiquate.ccproxy.bus.BusMessage.ToIngress;
import com.visiquate.ccproxy.chat.ChatEvent;
import com.visiquate.ccproxy.chat.Counts;
import com.visiquate.ccproxy.chat.Failure;
import com.visiquate.ccproxy.chat.FinishReason;
import com.visiquate.ccproxy.fleet.BackendSpec;
import com.visiquate.ccproxy.fleet.BackendStatus;
import com.visiquate.ccproxy.fleet.ExchangeId;
import com.visiquate.ccproxy.fleet.Health;
import com.visiquate.ccproxy.fleet.ModelName;
import com.visiquate.ccproxy.fleet.Outcome;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A backend with its Ollama, whose requests are counted where they run; its slots are real. */
final class SimBackend {
  private static final int CREDIT = 4;

  /** Five seconds and a beat, and a beat to be told of it. */
  private static final int SILENCE = 7_200;

  private final BackendSpec spec;
  private final SimNode node;
  private final World world;
  private final Slots slots;
  private final Map<ExchangeId, Run> runs = new LinkedHashMap<>();

  /** Requests that this Ollama works on, of each model. */
  private final Map<ModelName, Integer> active = new HashMap<>();

  private boolean dead;

  SimBackend(BackendSpec spec, SimNode node, World world) {
    this.spec = spec;
    this.node = node;
    this.world = world;
    slots = new Slots(spec.slots(), spec.residentModels());
  }

  private static final class Run {
    private Start start;
    private boolean remote;
    private final int number;
    private final int tokens;
    private int said;
    private int credit = CREDIT;
    private boolean spoke;
    private boolean over;
    private boolean ghost;
    private long since;

    Run(Start start, boolean remote, int number, int tokens) {
      this.start = start;
      this.remote = remote;
      this.number = number;
      this.tokens = tokens;
    }
  }

  BackendStatus status() {
    return new BackendStatus(
        spec.id(),
        Health.UP,
        "0.24.0",
        spec.slots(),
        slots.running(),
        slots.ghosts(),
        0,
        List.of(),
        List.of(),
        "");
  }

  /** Nothing runs for an ingress that has been silent. */
  void check() {
    for (Run run : runs.values()) {
      SimNode home = world.books().home(run.start.exchange());
      boolean runs = !run.over && !run.ghost && world.time() - run.since > SILENCE;
      if (runs && node.isSilent(home.member(), SILENCE)) {
        fail("%s runs on for %s, which is silent", run.start.exchange(), home.member());
      }
    }
  }

  boolean isEmpty() {
    return slots.isEmpty() && active.isEmpty();
  }

  /** Its node is killed, and with it all connections. */
  void die() {
    dead = true;
    active.clear();
    runs.values().forEach(run -> run.over = true);
  }

  void order(BusMessage.Order order, boolean remote) {
    switch (order) {
      case Start start -> start(start, remote);
      case BusMessage.TakeOver(var start, var from) -> takeOver(start, from, remote);
    }
  }

  private void start(Start start, boolean remote) {
    if (!start.deadline().isAfter(node.now())
        || start.deadline().isAfter(node.now().plus(World.DEADLINE))) {
      fail("a deadline by the wrong clock: %s", start);
    }
    Optional<String> full = slots.take(start.exchange(), start.model().name());
    if (full.isPresent()) {
      report(new NoRoom(start.exchange(), spec.id(), full.get()));
      return;
    }
    Run run = new Run(start, remote, world.nextRun(), 1 + world.random().nextInt(8));
    run.since = world.time();
    runs.put(start.exchange(), run);
    int now = active.merge(start.model().name(), 1, Integer::sum);
    if (now > spec.slots()) {
      fail("%s runs %d at once, it has %d slots", spec.id(), now, spec.slots());
    }
    world.books().started(world.time());
    report(new Started(start.exchange(), spec.id()));
    node.status(status());
    int prompt = 20 + world.random().nextInt(400);
    world.later(prompt, () -> node.wake(() -> prompted(run)));
  }

  private void takeOver(Start start, ExchangeId from, boolean remote) {
    Run run = runs.get(from);
    if (run == null || run.over || run.spoke) {
      report(new NoRoom(start.exchange(), spec.id(), "what it asks for runs no more"));
      return;
    }
    runs.remove(from);
    slots.takeOver(from, start.exchange());
    run.start = start;
    run.remote = remote;
    run.ghost = false;
    run.credit = CREDIT;
    run.since = world.time();
    runs.put(start.exchange(), run);
    report(new Started(start.exchange(), spec.id()));
  }

  private void prompted(Run run) {
    if (run.over || dead) {
      return;
    }
    if (run.ghost) {
      over(run);
      report(new GhostGone(run.start.exchange(), spec.id(), true));
    } else if (world.fails(0.02)) {
      over(run);
      world.books().failed(run.start.exchange());
      report(new Lost(run.start.exchange(), spec.id(), failure(), true));
    } else {
      run.spoke = true;
      report(new FirstToken(run.start.exchange(), spec.id()));
      token(run);
    }
  }

  private static Failure failure() {
    return Failure.of(Failure.Kind.BACKEND_LOST, "It broke.");
  }

  private void token(Run run) {
    if (run.over || dead) {
      return;
    }
    if (run.credit == 0) {
      world.later(100, () -> node.wake(() -> token(run)));
      return;
    }
    run.credit--;
    run.said++;
    ChatEvent text = new ChatEvent.Text(run.number + ":" + run.said, List.of());
    if (run.said == run.tokens) {
      ChatEvent end = new ChatEvent.Finished(FinishReason.STOP, counts(run));
      say(run, new Said(run.start.exchange(), run.start.placement(), List.of(text, end)));
      over(run);
      report(
          new Ended(run.start.exchange(), spec.id(), Outcome.COMPLETED, counts(run), null, false));
    } else {
      say(run, new Said(run.start.exchange(), run.start.placement(), List.of(text)));
      world.later(10 + world.random().nextInt(200), () -> node.wake(() -> token(run)));
    }
  }

  private static Counts counts(Run run) {
    return new Counts(9, 0, run.said, 0, 200_000_000L, run.said * 100_000_000L);
  }

  private void say(Run run, ToIngress message) {
    if (run.remote) {
      node.does(node.core().answered(spec.id(), message, node.now()));
    } else {
      node.hear(message);
    }
  }

  private void over(Run run) {
    run.over = true;
    active.computeIfPresent(
        run.start.model().name(), (model, count) -> count == 1 ? null : count - 1);
    runs.remove(run.start.exchange());
    slots.free(run.start.exchange());
    node.status(status());
  }

  void control(BusMessage.Control control) {
    switch (control) {
      case BusMessage.Credit(var exchange, var more) -> {
        Run run = runs.get(exchange);
        if (run != null) {
          run.credit += more;
        }
      }
      case BusMessage.Stop(var exchange, var why) -> stop(runs.get(exchange));
      default -> {}
    }
  }

  private void stop(@Nullable Run run) {
    if (run == null || run.over || run.ghost) {
      return;
    }
    ExchangeId exchange = run.start.exchange();
    if (run.spoke || world.random().nextBoolean()) {
      over(run);
      report(new Ended(exchange, spec.id(), Outcome.CLIENT_GONE, Counts.NONE, null, false));
    } else {
      run.ghost = true;
      slots.haunt(exchange);
      report(new Ended(exchange, spec.id(), Outcome.CLIENT_GONE, Counts.NONE, null, true));
    }
  }

  private void report(SlotReport report) {
    node.does(node.core().reported(report, node.now()));
  }
}
