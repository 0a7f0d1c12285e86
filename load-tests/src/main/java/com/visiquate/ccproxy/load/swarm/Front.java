package com.visiquate.ccproxy.load.swarm;

import com.visiquate.ccproxy.load.Program;
import java.net.URI;
import java.util.List;
import java.util.Map;

/** What the agents talk to: a gateway that runs, and how to talk to it. */
record Front(List<Program> programs, Dialect dialect, Map<Model, URI> ports)
    implements AutoCloseable {
  Front {
    programs = List.copyOf(programs);
    ports = Map.copyOf(ports);
  }

  Front(Program program, Dialect dialect, Map<Model, URI> ports) {
    this(List.of(program), dialect, ports);
  }

  URI uri(Model model) {
    return ports.get(model);
  }

  @Override
  public void close() {
    programs.forEach(Program::close);
  }
}
