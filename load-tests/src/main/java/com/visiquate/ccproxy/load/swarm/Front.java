package com.visiquate.ccproxy.load.swarm;

import com.visiquate.ccproxy.load.Program;
import java.net.URI;
import java.util.Map;

/** What the agents talk to: a gateway that runs, and how to talk to it. */
record Front(Program program, Dialect dialect, Map<Model, URI> ports) implements AutoCloseable {
  Front {
    ports = Map.copyOf(ports);
  }

  URI uri(Model model) {
    return ports.get(model);
  }

  @Override
  public void close() {
    program.close();
  }
}
