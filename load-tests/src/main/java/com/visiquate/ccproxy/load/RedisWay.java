package com.visiquate.ccproxy.load;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.locks.LockSupport;

/** The way to a Redis, which can be slow, or lead to somebody who talks rubbish. */
final class RedisWay implements AutoCloseable {
  /** How the way is. */
  enum State {
    CLEAR,
    SLOW,
    RUBBISH
  }

  private static final long DELAY = 200_000_000;
  private static final byte[] RUBBISH =
      "HTTP/1.1 400 Bad Request\r\n\r\n$-7\r\n".getBytes(StandardCharsets.US_ASCII);
  private final ServerSocket listener = new ServerSocket(0, 128, InetAddress.getLoopbackAddress());
  private final int to;
  private volatile State state = State.CLEAR;

  RedisWay(int to) throws IOException {
    this.to = to;
    Thread.startVirtualThread(this::accept);
  }

  int port() {
    return listener.getLocalPort();
  }

  void be(State next) {
    state = next;
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket client = listener.accept();
        Thread.startVirtualThread(() -> lead(client));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void lead(Socket client) {
    try (client;
        Socket server = new Socket(InetAddress.getLoopbackAddress(), to)) {
      client.setTcpNoDelay(true);
      server.setTcpNoDelay(true);
      Thread.startVirtualThread(() -> back(server, client));
      InputStream in = client.getInputStream();
      OutputStream out = server.getOutputStream();
      byte[] bytes = new byte[16_384];
      for (int length = in.read(bytes); length >= 0; length = in.read(bytes)) {
        switch (state) {
          case CLEAR -> out.write(bytes, 0, length);
          case SLOW -> {
            LockSupport.parkNanos(DELAY);
            out.write(bytes, 0, length);
          }
          case RUBBISH -> client.getOutputStream().write(RUBBISH);
        }
      }
    } catch (IOException gone) {
      // Both ends are closed with it.
    }
  }

  private static void back(Socket server, Socket client) {
    try (client) {
      server.getInputStream().transferTo(client.getOutputStream());
    } catch (IOException gone) {
      // The other direction ends with it.
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }
}
