package com.visiquate.ccproxy.config;

import com.visiquate.ccproxy.fleet.NodeId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * With which other nodes this one acts as one gateway.
 *
 * @param name of the cluster: nodes of another name never join; empty for a node that runs alone
 * @param node what this one is called, unlike all others
 * @param listen where the others reach it; their messages go to the port after this one
 * @param members where the others may be, this one included or not
 * @param secret which all of them know
 * @param tls of the messages between them; null for none
 */
public record ClusterSettings(
    String name,
    @Nullable NodeId node,
    Endpoint listen,
    List<Endpoint> members,
    String secret,
    @Nullable Tls tls) {
  /** Alone. */
  public static final ClusterSettings ALONE =
      new ClusterSettings("", null, new Endpoint("", 0), List.of(), "", null);

  public ClusterSettings {
    members = List.copyOf(members);
  }

  public boolean isOn() {
    return node != null;
  }

  /** An address and a port. */
  public record Endpoint(String host, int port) {
    /** As it is written; an address with colons stands in brackets. */
    @Override
    public String toString() {
      return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }
  }

  /**
   * Files, in PEM.
   *
   * @param ca whose certificates are trusted, those of clients too
   */
  public record Tls(String certificate, String key, String ca) {}

  /** Without what is secret. */
  @Override
  public String toString() {
    return "ClusterSettings[%s, %s, %s, %s]".formatted(name, node, listen, members);
  }
}
