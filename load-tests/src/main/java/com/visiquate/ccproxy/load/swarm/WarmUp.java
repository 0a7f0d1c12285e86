package com.visiquate.ccproxy.load.swarm;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.List;
import java.util.stream.Stream;

/**
 * Agents of one turn that go before the swarm, so that it meets programs that have run before: what
 * a JIT compiler needs for the first requests would count many times over in scaled time.
 */
final class WarmUp {
  private static final int AGENTS = 24;
  private static final int TOKENS = 1_000;

  private WarmUp() {}

  static List<Assignment> assignments() {
    return Stream.iterate(1, i -> i + 1).limit(AGENTS).map(WarmUp::assignment).toList();
  }

  private static Assignment assignment(int number) {
    String subject = "warming up " + number;
    Role role = new Role(subject, JsonNodeFactory.instance.arrayNode(), Prose.of(subject, TOKENS));
    Turn turn = new Turn("Begin. [simulate: 20 tokens]", 20, true);
    Kind kind = number == 1 ? Kind.ARCHITECT : Kind.SUPPORT;
    return new Assignment("warm-up-" + number, kind, role, List.of(turn), 0);
  }
}
