package com.visiquate.ccproxy.simulator;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/**
 * A port that stays this server's own while nobody listens there: a socket that is bound to it and
 * does nothing else. Without it the system may give the port of a server that is down to the next
 * who asks for any port, be it a connection of its own client. Owns that socket.
 */
final class Reservation {
  private final String host;
  private @Nullable SocketChannel held;

  Reservation(String host) {
    this.host = host;
  }

  /**
   * Holds this port, or a free one for 0; returns which. Linux lets a listener share the port with
   * it; elsewhere it is {@linkplain #release released} for as long as somebody listens.
   */
  int hold(int port) {
    if (held != null) {
      return port;
    }
    try {
      SocketChannel socket = SocketChannel.open();
      socket.setOption(StandardSocketOptions.SO_REUSEADDR, true);
      socket.bind(new InetSocketAddress(host, port));
      held = socket;
      return ((InetSocketAddress) socket.getLocalAddress()).getPort();
    } catch (IOException taken) {
      return port;
    }
  }

  /** Somebody else may have it. */
  void release() {
    SocketChannel socket = held;
    held = null;
    if (socket != null) {
      try {
        socket.close();
      } catch (IOException gone) {
        // It is closed as far as it goes.
      }
    }
  }
}
