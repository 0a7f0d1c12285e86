package com.visiquate.ccproxy.cluster.core;

import static org.assertj.core.api.Assertions.fail;

import com.visiquate.ccproxy.bus.BusMessage;
import com.visiquate.ccproxy.bus.BusMessage.Said;
import com.visiquate.ccproxy.bus.BusMessage.ToIngress;
import com.visiquate.ccproxy.bus.Membership.Member;
import com.visiquate.ccproxy.bus.Membership.Term;
import com.visiquate.ccproxy.bus.NodeMessage;
import com.visiquate.ccproxy.bus.NodeMessage.Parcel;
import com.visiquate.ccproxy.fleet.BackendId;
import com.visiquate.ccproxy.fleet.BackendSpec;
import com.visiquate.ccproxy.fleet.BackendStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One node from its start to its end: its core, its backends, its clients, and its own clock. */
final class SimNode {
  private final World world;
  private final Member member;
  private final Duration offset;
  private final ClusterNode core;
  private final Map<BackendId, SimBackend> backends = new LinkedHashMap<>();
  private final Deque<NodeEffect> effects = new ArrayDeque<>();
  private final List<Runnable> missed = new ArrayList<>();
  private @Nullable SimRouting routing;
  private boolean working;
  private boolean dead;
  private boolean asleep;
  private List<Member> seen = List.of();
  private final Map<Member, Long> heard = new HashMap<>();
  private final long begun;
  private long awake;
  private Term youngest;

  SimNode(World world, Member member, List<BackendSpec> specs) {
    this.world = world;
    this.member = member;
    this.offset = Duration.ofSeconds(world.random().nextInt(-3_600, 3_601));
    core = new ClusterNode(member, now());
    youngest = new Term(0, member);
    begun = world.time();
    specs.forEach(spec -> backends.put(spec.id(), new SimBackend(spec, this, world)));
  }

  /** After its first view. */
  void begin() {
    backends.values().forEach(backend -> status(backend.status()));
    beat();
  }

  private void beat() {
    wake(this::tick);
    if (!dead) {
      world.later(World.TICK, this::beat);
    }
  }

  private void tick() {
    does(core.tick(now()));
    backends.values().forEach(SimBackend::check);
  }

  Member member() {
    return member;
  }

  ClusterNode core() {
    return core;
  }

  Instant now() {
    return World.START.plus(offset).plusMillis(world.time());
  }

  void at(Instant instant, Runnable task) {
    long wait = Math.max(0, Duration.between(now(), instant).toMillis()) + 1;
    world.later(wait, () -> wake(task));
  }

  /** Does it now, or when it is awake again, or never. */
  void wake(Runnable task) {
    if (asleep) {
      missed.add(task);
    } else if (!dead) {
      task.run();
    }
  }

  void sleep() {
    asleep = true;
  }

  boolean isAwake() {
    return !asleep && !dead;
  }

  boolean isDead() {
    return dead;
  }

  void resume() {
    awake = asleep ? world.time() : awake;
    asleep = false;
    List<Runnable> all = List.copyOf(missed);
    missed.clear();
    all.forEach(this::wake);
  }

  void die() {
    dead = true;
    missed.clear();
    backends.values().forEach(SimBackend::die);
  }

  void sees(List<Member> members) {
    if (!members.equals(seen)) {
      seen = members;
      does(core.sees(new View(member, members), now()));
    }
  }

  /** Something arrives; what a leader of an older term wants, is never done. */
  void receives(Parcel parcel) {
    heard.put(parcel.from(), world.time());
    List<NodeEffect> followed = core.receives(parcel, now());
    boolean ordered = parcel.content() instanceof NodeMessage.Ordered;
    if (ordered && followed.stream().anyMatch(NodeEffect.Run.class::isInstance)) {
      if (parcel.term().compareTo(youngest) < 0) {
        fail("%s obeys %s after %s", member, parcel.term(), youngest);
      }
      youngest = parcel.term();
    }
    does(followed);
  }

  /** Whether nothing has come of it for so long, although this node was awake. */
  boolean isSilent(Member other, long millis) {
    long last = Math.max(heard.getOrDefault(other, 0L), Math.max(awake, begun));
    return !other.equals(member) && world.time() - last > millis;
  }

  void status(BackendStatus status) {
    does(core.stands(status, now()));
  }

  void does(List<NodeEffect> more) {
    effects.addAll(more);
    step(() -> {});
  }

  /** What follows from a step comes after it, as on a bus. */
  void step(Runnable task) {
    if (working) {
      task.run();
      return;
    }
    working = true;
    task.run();
    for (NodeEffect next = effects.poll(); next != null; next = effects.poll()) {
      apply(next);
    }
    working = false;
  }

  private void apply(NodeEffect effect) {
    switch (effect) {
      case NodeEffect.Send(var to, var parcel) -> world.send(this, to, parcel);
      case NodeEffect.Tell(var ingress, var message) -> hear(message);
      case NodeEffect.Run(var backend, var order, var remote) ->
          backend(backend).order(order, remote);
      case NodeEffect.Control(var backend, var control) -> backend(backend).control(control);
      case NodeEffect.Lead lead -> routing = world.routing(this);
      case NodeEffect.Yield yield -> cede();
      case NodeEffect.ToRouting said -> {
        if (routing != null) {
          routing.hear(said);
        }
      }
    }
  }

  private SimBackend backend(BackendId id) {
    return Objects.requireNonNull(backends.get(id));
  }

  private void cede() {
    if (routing != null) {
      routing.end();
      routing = null;
    }
  }

  @Nullable SimRouting routing() {
    return routing;
  }

  /** A client of this node hears something, and makes room for more. */
  void hear(ToIngress message) {
    world.books().heard(this, message);
    if (message instanceof Said said) {
      BusMessage.Credit credit = new BusMessage.Credit(message.exchange(), 1);
      SimBackend here = backends.get(said.placement().backend());
      if (here == null) {
        does(core.credit(credit, now()));
      } else {
        here.control(credit);
      }
    }
  }

  boolean isIdle() {
    return backends.values().stream().allMatch(SimBackend::isEmpty);
  }
}
