package com.visiquate.ccproxy.load.swarm;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Makes the agents, the same for the same seed: ten role prompts of 4 to 20 thousand tokens for all
 * who use the small model, 4 to 10 turns each, 100 to 1,500 new and 40 to 400 answered tokens a
 * turn; all begin within ten seconds.
 */
final class Population {
  static final String TOOL = "read_file";

  private static final Map<Kind, Integer> ROLES =
      Map.of(Kind.ARCHITECT, 1, Kind.SPECIALIST, 6, Kind.SUPPORT, 4);
  private static final int TOOLS_OF_A_ROLE = 8;

  /** Of a role's tokens: its tools. */
  private static final double TOOL_SHARE = 0.25;

  private final Random random;

  private Population(long seed) {
    this.random = new Random(seed);
  }

  /** At most so many agents of each kind. */
  static List<Assignment> of(long seed, int most) {
    return new Population(seed).agents(most);
  }

  private List<Assignment> agents(int most) {
    Map<Kind, List<Role>> roles = new EnumMap<>(Kind.class);
    for (Kind kind : Kind.values()) {
      roles.put(
          kind, IntStream.range(0, ROLES.get(kind)).mapToObj(i -> role(kind, i + 1)).toList());
    }
    List<Assignment> agents = new ArrayList<>();
    for (Kind kind : Kind.values()) {
      for (int i = 1; i <= Math.min(most, kind.count()); i++) {
        Role role = roles.get(kind).get(random.nextInt(roles.get(kind).size()));
        agents.add(agent(kind.label() + "-" + i, kind, role));
      }
    }
    return agents;
  }

  private Role role(Kind kind, int number) {
    int tokens = random.nextInt(4_000, 20_001);
    String name = kind.label() + " role " + number;
    int ofTools = (int) (tokens * TOOL_SHARE);
    return new Role(name, tools(name, ofTools), Prose.of("the " + name, tokens - ofTools));
  }

  private static ArrayNode tools(String role, int tokens) {
    ArrayNode tools = JsonNodeFactory.instance.arrayNode();
    for (int i = 0; i < TOOLS_OF_A_ROLE; i++) {
      ObjectNode function = tools.addObject().put("type", "function").putObject("function");
      function.put("name", i == 0 ? TOOL : "tool_" + i);
      function.put("description", Prose.of("tool " + i + " of " + role, tokens / TOOLS_OF_A_ROLE));
      ObjectNode parameters = function.putObject("parameters").put("type", "object");
      parameters.putObject("properties").putObject("path").put("type", "string");
      parameters.putArray("required").add("path");
    }
    return tools;
  }

  private Assignment agent(String name, Kind kind, Role role) {
    int count = random.nextInt(4, 11);
    List<Turn> turns =
        IntStream.rangeClosed(1, count).mapToObj(i -> turn(name, i, i == count)).toList();
    return new Assignment(name, kind, role, turns, random.nextDouble() * 10);
  }

  private Turn turn(String agent, int number, boolean last) {
    int answer = random.nextInt(40, 401);
    String text = Prose.of(agent + "'s step " + number, random.nextInt(100, 1_501));
    String call = last ? "" : ", then " + TOOL;
    String wish = "[simulate: %d tokens%s, for %s]".formatted(answer, call, agent);
    return new Turn(text + wish, answer, last);
  }
}
