package com.visiquate.ccproxy.config;

import java.time.Duration;
import java.util.List;

/**
 * The HTTP ingress.
 *
 * @param port 0 takes any free one
 * @param bodyLimit most bytes of a request body
 * @param headerLimit most bytes of a request's headers
 * @param idle after which an unused client connection is closed
 * @param drain how long running answers may go on after SIGTERM
 * @param eventLoops number of event loops, and of ingress verticles; 0 is half the cores, 1 to 4
 * @param rehearsal requests that the gateway asks itself after a start; 0 for none
 * @param edge what holds off those who mean no good
 */
public record ServerSettings(
    String host,
    int port,
    long bodyLimit,
    int headerLimit,
    Duration idle,
    Duration drain,
    int eventLoops,
    int rehearsal,
    Edge edge) {
  public static final ServerSettings DEFAULT =
      new ServerSettings(
          "127.0.0.1",
          8081,
          32L * 1024 * 1024,
          64 * 1024,
          Duration.ofSeconds(75),
          Duration.ofSeconds(30),
          0,
          200,
          Edge.DEFAULT);

  /**
   * What holds off those who mean no good.
   *
   * @param withoutKeys whether other machines may come in although nobody needs a key
   * @param openMetrics whether {@code /metrics} needs no key
   * @param hosts further names, or {@code *.name}, by which clients may call this gateway
   * @param headWait how long a new connection may take for its first request's head; 0 is for ever
   * @param bodyWait how long a request's body may take; 0 is for ever
   */
  public record Edge(
      boolean withoutKeys,
      boolean openMetrics,
      List<String> hosts,
      Duration headWait,
      Duration bodyWait) {
    public static final Edge DEFAULT =
        new Edge(false, true, List.of(), Duration.ofSeconds(15), Duration.ofSeconds(60));

    public Edge {
      hosts = List.copyOf(hosts);
    }
  }

  /** With the usual edge, and without a rehearsal. */
  public ServerSettings(
      String host,
      int port,
      long bodyLimit,
      int headerLimit,
      Duration idle,
      Duration drain,
      int eventLoops) {
    this(host, port, bodyLimit, headerLimit, idle, drain, eventLoops, 0, Edge.DEFAULT);
  }

  /** The same at another address. */
  public ServerSettings at(String otherHost, int otherPort) {
    return new ServerSettings(
        otherHost, otherPort, bodyLimit, headerLimit, idle, drain, eventLoops, rehearsal, edge);
  }
}
