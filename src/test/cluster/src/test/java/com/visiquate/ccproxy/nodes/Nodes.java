package com.visiquate.ccproxy.nodes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** Machines that act as one, the network between them, and clients of all of them. */
final class Nodes implements AutoCloseable {
  static final String SECRET = "0123456789abcdef";

  private final Network network;
  private final List<Machine> machines = new ArrayList<>();
  private final Collection<Load> loads = new ConcurrentLinkedQueue<>();
  private final Collection<Call> calls = new ConcurrentLinkedQueue<>();
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(2))
          .build();

  /** Silent waits that an earlier scenario has answered for. */
  private long forgiven;

  private Nodes(Network network) {
    this.network = network;
  }

  /** Three that know each other; there is a fourth machine without a gateway. */
  static Nodes start() throws Exception {
    Nodes nodes = new Nodes(Network.of(4));
    try {
      for (int number = 1; number <= 4; number++) {
        nodes.machines.add(Machine.of(number));
      }
      for (int number = 1; number <= 3; number++) {
        nodes.machine(number).start(configuration(number, SECRET, ""));
      }
      nodes.untilOne();
      return nodes;
    } catch (Exception | AssertionError broken) {
      nodes.close();
      throw broken;
    }
  }

  /** As it was at the start, whatever has happened. */
  void restore() throws Exception {
    loads.forEach(Load::end);
    loads.clear();
    network.heal();
    for (Call call : calls) {
      call.leave();
    }
    calls.clear();
    machine(4).end();
    for (int number = 1; number <= 3; number++) {
      machine(number).revive(configuration(number, SECRET, ""));
    }
    untilOne();
    untilIdle();
    forgiven = silentWaits();
  }

  /** All of them again, with something else in their configurations. */
  void startAnew(IntFunction<String> more) throws Exception {
    for (int number = 1; number <= 3; number++) {
      machine(number).end();
      machine(number).start(configuration(number, SECRET, more.apply(number)));
    }
    untilOne();
  }

  static String configuration(int number, String secret, String more) {
    return """
    server: {host: %1$s, port: %2$d, without-keys: true, drain: 20s, rehearsal: 0}
    backends: [{id: b%3$d, url: "http://127.0.0.1:11434", slots: %4$d}]
    models: [{name: m, ollama: "%5$s", context: 4096, backends: [b%3$d]}]
    waiting: {commit-after: 1s, heartbeat: 1s}
    cluster:
      name: test
      node: node-%3$d
      listen: "%1$s:5701"
      members: [100.64.9.1, 100.64.9.2, 100.64.9.3]
      secret: "%6$s"
    """
            .formatted(
                Network.address(number), Machine.PORT, number, Machine.SLOTS, Machine.MODEL, secret)
        + more;
  }

  Network network() {
    return network;
  }

  Machine machine(int number) {
    return machines.get(number - 1);
  }

  List<Machine> alive() {
    return machines.stream().filter(Machine::runs).toList();
  }

  Machine leader() throws Exception {
    List<Machine> leaders = new ArrayList<>();
    for (Machine machine : alive()) {
      if (machine.leads()) {
        leaders.add(machine);
      }
    }
    assertThat(leaders).as("leaders").hasSize(1);
    return leaders.getFirst();
  }

  /** Two that do not lead. */
  List<Machine> others() throws Exception {
    Machine leader = leader();
    return alive().stream().filter(machine -> machine != leader).toList();
  }

  // ---- waits

  /** Until all that live know the backends of all that live, and one of them leads. */
  void untilOne() throws Exception {
    for (Machine machine : alive()) {
      Waits.until(
          "node-%d knows of all".formatted(machine.number()),
          () -> machine.backends().size() == alive().size());
    }
    Waits.until("one leads", () -> leader() != null);
    Waits.until("it gives all slots away", () -> leader().usable() == alive().size());
  }

  void untilWaiting(Machine machine, int number) throws Exception {
    Waits.until("%d wait".formatted(number), () -> machine.waiting() == number);
  }

  static void untilOver(Collection<Call> some) throws Exception {
    try {
      Waits.until("all calls are over", () -> some.stream().noneMatch(Call::isOpen));
    } catch (AssertionError late) {
      throw new AssertionError(some.stream().filter(Call::isOpen).toList().toString(), late);
    }
  }

  // ---- clients

  /** It ends with its scenario. */
  Load started(Load load) {
    loads.add(load);
    return load;
  }

  Call ask(URI url, int words, int tokens) {
    Call call = Call.of(http, url, words, tokens);
    calls.add(call);
    return call;
  }

  Call ask(int node, int words, int tokens) {
    return ask(machine(node).chat(), words, tokens);
  }

  /** So many, at these nodes in turn. */
  List<Call> crowd(int number, int tokens, int... nodes) {
    return IntStream.range(0, number)
        .mapToObj(i -> ask(nodes[i % nodes.length], 1, tokens))
        .toList();
  }

  /** Takes every slot, by clients of these nodes. */
  List<Call> occupy(int tokens, int... nodes) throws Exception {
    int slots = alive().size() * Machine.SLOTS;
    List<Call> holders = crowd(slots, tokens, nodes);
    Waits.until("all slots are taken", () -> holders.stream().allMatch(Call::speaks));
    return holders;
  }

  /** These go away. */
  static void leave(List<Call> some) throws IOException {
    for (Call call : some) {
      call.leave();
    }
  }

  // ---- what must hold

  private long silentWaits() throws IOException, InterruptedException {
    long sum = 0;
    for (Machine machine : machines) {
      sum += machine.silentWaits();
    }
    return sum;
  }

  /** No Ollama was given more than its slots, by its own counters. */
  void assertNoSlotTooMany() throws IOException, InterruptedException {
    assertThat(silentWaits()).as("waits in Ollamas").isEqualTo(forgiven);
    for (Machine machine : machines) {
      assertThat(machine.seen().path("peaks").path(Machine.MODEL).asInt())
          .as("most at once at the Ollama of node-%d", machine.number())
          .isLessThanOrEqualTo(Machine.SLOTS);
    }
  }

  /**
   * Every request of a node that lives has one end, and only what had begun to be answered has its
   * protocol's error for it.
   */
  static void assertServed(Collection<Call> some) {
    assertThat(some).allMatch(call -> call.isWhole() || call.isBroken());
  }

  /** Nobody is left: no slot is held for ever. */
  void untilIdle() throws Exception {
    for (Machine machine : machines) {
      Waits.until("node-%d is idle".formatted(machine.number()), () -> machine.running() == 0);
    }
  }

  @Override
  public void close() throws IOException, InterruptedException {
    for (Call call : calls) {
      if (call.isOpen()) {
        call.leave();
      }
    }
    for (Machine machine : machines) {
      machine.close();
    }
    network.close();
    http.shutdownNow();
  }
}
