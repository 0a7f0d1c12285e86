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
  private static final String SLOW = "slow";
  private static final String TABLE = "100";
  private final int nodes;
  private final List<Process> delays = new ArrayList<>();

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

  /**
   * What this node says to other machines takes so long: it goes through a device whose other end
   * is a program, and only then to the link.
   */
  void delay(int node, int millis) throws IOException, InterruptedException {
    Diary.note("node-%d is heard %d ms late", node, millis);
    inside(node, "ip", "tuntap", "add", "dev", SLOW, "mode", "tun");
    inside(node, "ip", "link", "set", SLOW, "up");
    for (String setting :
        List.of("all.rp_filter=0", SLOW + ".rp_filter=0", SLOW + ".accept_local=1")) {
      inside(node, "sysctl", "--quiet", "--write", "net.ipv4.conf." + setting);
    }
    inside(node, "sysctl", "--quiet", "--write", "net.ipv4.ip_forward=1");
    inside(node, "ip", "route", "add", PREFIX + "0/24", "dev", "eth0", "table", TABLE);
    inside(node, "ip", "rule", "add", "iif", SLOW, "lookup", TABLE, "priority", "10");
    delays.add(
        Command.begin(on(node, List.of("python3", "delay.py", SLOW, Integer.toString(millis)))));
    for (int other = 1; other <= nodes; other++) {
      if (other != node) {
        inside(node, "ip", "route", "add", address(other) + "/32", "dev", SLOW);
      }
    }
  }

  private void hurry() throws IOException, InterruptedException {
    for (Process delay : delays) {
      delay.destroyForcibly().waitFor();
    }
    if (!delays.isEmpty()) {
      for (int node = 1; node <= nodes; node++) {
        // What is not there need not go.
        inside(node, "sh", "-c", "ip rule del priority 10; ip link del " + SLOW + "; true");
      }
    }
    delays.clear();
  }

  /** Every link is up, and nothing is lost or late. */
  void heal() throws IOException, InterruptedException {
    Diary.note("the network is whole");
    hurry();
    for (int node = 1; node <= nodes; node++) {
      Command.run("ip", "link", "set", link(node), "up");
      inside(node, "nft", "flush", "chain", "inet", "losses", "input");
    }
  }

  @Override
  public void close() throws IOException, InterruptedException {
    hurry();
    for (int node = 1; node <= nodes; node++) {
      Command.run("ip", "link", "delete", link(node));
      Command.run("ip", "netns", "delete", name(node));
    }
    Command.run("ip", "link", "delete", BRIDGE);
  }
}
