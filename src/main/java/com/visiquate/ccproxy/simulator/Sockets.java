package com.visiquate.ccproxy.simulator;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.vertx.core.http.HttpConnection;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The sockets behind a server's connections, found by their client's address: HTTP/1.1 of Vert.x
 * has no word for a reset or a torn stream, but its transport sees every socket that a listener
 * accepts. Forgets each as it closes.
 */
final class Sockets {
  private final Map<SocketAddress, Channel> open = new ConcurrentHashMap<>();

  /** Called by the thread that accepts, before the connection's own thread knows of it. */
  void accepted(Channel socket) {
    SocketAddress client = socket.remoteAddress();
    open.put(client, socket);
    socket.closeFuture().addListener(closed -> open.remove(client, socket));
  }

  /** Closes without another byte than those that are written; harmless when it is closed. */
  void cut(HttpConnection connection) {
    behind(connection).ifPresent(Sockets::close);
  }

  /** Closes with a reset; harmless when it is closed. */
  void reset(HttpConnection connection) {
    behind(connection)
        .ifPresent(
            socket -> {
              socket.flush();
              socket.config().setOption(ChannelOption.SO_LINGER, 0);
              socket.close();
            });
  }

  private static void close(Channel socket) {
    socket.flush();
    socket.close();
  }

  // Whoever has left has closed it, and options of a closed socket cannot be set.
  private Optional<Channel> behind(HttpConnection connection) {
    io.vertx.core.net.SocketAddress client = connection.remoteAddress();
    return Optional.ofNullable(open.get(new InetSocketAddress(client.hostAddress(), client.port())))
        .filter(Channel::isOpen);
  }
}
