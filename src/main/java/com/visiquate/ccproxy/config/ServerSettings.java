package com.visiquate.ccproxy.config;

import java.time.Duration;

/**
 * The HTTP ingress.
 *
 * @param port 0 takes any free one
 * @param bodyLimit most bytes of a request body
 * @param headerLimit most bytes of a request's headers
 * @param idle after which an unused client connection is closed
 * @param drain how long running answers may go on after SIGTERM
 * @param eventLoops number of event loops, and of ingress verticles; 0 is half the cores, 1 to 4
 */
public record ServerSettings(
    String host,
    int port,
    long bodyLimit,
    int headerLimit,
    Duration idle,
    Duration drain,
    int eventLoops) {
  public static final ServerSettings DEFAULT =
      new ServerSettings(
          "127.0.0.1",
          8081,
          32L * 1024 * 1024,
          64 * 1024,
          Duration.ofSeconds(75),
          Duration.ofSeconds(30),
          0);

  /** The same at another address. */
  public ServerSettings at(String otherHost, int otherPort) {
    return new ServerSettings(
        otherHost, otherPort, bodyLimit, headerLimit, idle, drain, eventLoops);
  }
}
