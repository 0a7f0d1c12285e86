package com.visiquate.ccproxy.nodes;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A bridge, and a namespace for each node with a link to it. This process stands at the bridge, as
 * clients do; all of it is in a namespace of {@code run}, and ends with that.
 */
final class Network implements AutoCloseable {
  private static final String PREFIX = "100.64.9.";

  /** Of this process. */
  static final String BRIDGE_ADDRESS = PREFIX + 254;

  private static final String BRIDGE = "nodes";
  private final int nodes;

  private Network(int nodes) {
    this.nodes = nodes;
  }

  static Network of(int nodes) throws IOException, InterruptedException {
    Network network = new Network(nodes);
    Command.run("ip", "link", "add", BRIDGE, "type", "bridge");
    Command.run("ip", "address", "add", BRIDGE_ADDRESS + "/24", "dev", BRIDGE);
    Command.run("ip", "link", "set", BRIDGE, "up");
    for (int node = 1; node <= nodes; node++) {
      network.add(node);
    }
    return network;
  }

  private void add(int node) throws IOException, InterruptedException {
    Command.run("ip", "netns", "add", name(node));
    Command.run(
        "ip",
        "link",
        "add",
        link(node),
        "type",
        "veth",
        "peer",
        "name",
        "eth0",
        "netns",
        name(node));
    Command.run("ip", "link", "set", link(node), "master", BRIDGE, "up");
    inside(node, "ip", "address", "add", address(node) + "/24", "dev", "eth0");
    inside(node, "ip", "link", "set", "lo", "up");
    inside(node, "ip", "link", "set", "eth0", "up");
    inside(node, "nft", "add", "table", "inet", "losses");
    inside(
        node,
        "nft",
        "add",
        "chain",
        "inet",
        "losses",
        "input",
        "{ type filter hook input priority 0 ; }");
  }

  static String address(int node) {
    return PREFIX + node;
  }

  private static String name(int node) {
    return "node-" + node;
  }

  private static String link(int node) {
    return "link-" + node;
  }

  /** The command as it has to be written to run on this node. */
  static List<String> on(int node, List<String> command) {
    List<String> all = new ArrayList<>(List.of("ip", "netns", "exec", name(node)));
    all.addAll(command);
    return all;
  }

  static String inside(int node, String... words) throws IOException, InterruptedException {
    return Command.run(on(node, Arrays.asList(words)).toArray(String[]::new));
  }

  /** Nobody reaches this node any more, and it nobody. */
  void cut(int node) throws IOException, InterruptedException {
    Diary.note("node-%d is cut off", node);
    Command.run("ip", "link", "set", link(node), "down");
  }

  void mend(int node) throws IOException, InterruptedException {
    Diary.note("node-%d is linked", node);
    Command.run("ip", "link", "set", link(node), "up");
  }

  /** So many of a hundred packets of one node are lost on their way to another. */
  void lose(int from, int to, int percent) throws IOException, InterruptedException {
    Diary.note("%d %% from node-%d to node-%d are lost", percent, from, to);
    List<String> rule =
        new ArrayList<>(
            List.of("nft", "add", "rule", "inet", "losses", "input", "ip", "saddr", address(from)));
    if (percent < 100) {
      rule.addAll(List.of("numgen", "random", "mod", "100", "<", Integer.toString(percent)));
    }
    rule.add("drop");
    inside(to, rule.toArray(String[]::new));
  }

  /** Every link is up, and nothing is lost. */
  void heal() throws IOException, InterruptedException {
    Diary.note("the network is whole");
    for (int node = 1; node <= nodes; node++) {
      Command.run("ip", "link", "set", link(node), "up");
      inside(node, "nft", "flush", "chain", "inet", "losses", "input");
    }
  }

  @Override
  public void close() throws IOException, InterruptedException {
    for (int node = 1; node <= nodes; node++) {
      Command.run("ip", "link", "delete", link(node));
      Command.run("ip", "netns", "delete", name(node));
    }
    Command.run("ip", "link", "delete", BRIDGE);
  }
}
