package com.visiquate.ccproxy.nodes;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;

/** Clients that ask one question after the other, until they are told to stop. */
final class Load {
  private final Collection<Call> calls = new ConcurrentLinkedQueue<>();
  private final List<Thread> clients = new ArrayList<>();
  private volatile boolean stopped;

  private Load() {}

  /** So many clients of each of these nodes. */
  static Load at(Nodes nodes, int clients, int... numbers) {
    Load load = nodes.started(new Load());
    for (int number : numbers) {
      load.add(clients, () -> nodes.ask(number, 1, 60));
    }
    return load;
  }

  /** Clients of HAProxy, who come again when they are told to. */
  static Load behind(Nodes nodes, int clients) {
    Load load = nodes.started(new Load());
    load.add(clients, () -> nodes.ask(Balancer.chat(), 1, 60));
    return load;
  }

  private void add(int number, Supplier<Call> ask) {
    for (int i = 0; i < number; i++) {
      clients.add(Thread.ofVirtual().start(() -> work(ask)));
    }
  }

  private void work(Supplier<Call> ask) {
    while (!stopped) {
      Call call = ask.get();
      calls.add(call);
      call.ends().comeAgain();
    }
  }

  /** Nobody asks anything more, whatever has become of the scenario. */
  void end() {
    stopped = true;
  }

  /** Nobody asks anything more; all that were asked, in the order of their questions. */
  Collection<Call> stop() throws Exception {
    stopped = true;
    Nodes.untilOver(calls);
    for (Thread client : clients) {
      client.join();
    }
    return calls;
  }
}
