package com.visiquate.ccproxy.endtoend;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * A way to a server that can vanish as behind a pulled cable: from then on nothing is refused and
 * nothing is answered, connections that stand fall silent, and no new one comes to stand. It is a
 * listener whose queue is full and which nobody accepts from: the kernel drops what knocks.
 */
final class BlackHole implements AutoCloseable {
  /** A connection within this machine stands at once, or does not stand at all. */
  private static final int SURELY_MILLIS = 300;

  private static final int MOST = 64;
  private static final int BLOCK = 16 * 1024;

  private final ServerSocket entrance;
  private final ConcurrentLinkedQueue<Socket> sockets = new ConcurrentLinkedQueue<>();
  private final List<Socket> stuck = new ArrayList<>();
  private volatile boolean swallows;

  BlackHole() throws IOException {
    entrance = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
  }

  int port() {
    return entrance.getLocalPort();
  }

  boolean isOpen() {
    return !swallows;
  }

  /** Lets everything through to a port of this machine, until it {@linkplain #swallow swallows}. */
  void leadTo(int port) {
    if (isOpen()) {
      Thread.ofVirtual().start(() -> accept(port));
    }
  }

  /** Returns when a new connection does not come to stand any more. */
  void swallow() throws IOException {
    swallows = true;
    for (int i = 0; i < MOST; i++) {
      Socket knocking = new Socket();
      stuck.add(knocking);
      try {
        knocking.connect(new InetSocketAddress(entrance.getInetAddress(), port()), SURELY_MILLIS);
      } catch (SocketTimeoutException full) {
        return;
      }
    }
    throw new AssertionError("The queue of a listener that nobody accepts from has no end.");
  }

  private void accept(int port) {
    try {
      while (isOpen()) {
        Socket client = entrance.accept();
        Socket server = new Socket(InetAddress.getLoopbackAddress(), port);
        sockets.add(client);
        sockets.add(server);
        Thread.ofVirtual().start(() -> carry(client, server));
        Thread.ofVirtual().start(() -> carry(server, client));
      }
    } catch (IOException closed) {
      swallows = true;
    }
  }

  /** What one side says reaches the other, the end included, unless it is swallowed. */
  private void carry(Socket from, Socket to) {
    byte[] block = new byte[BLOCK];
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int read = in.read(block); isOpen() && read >= 0; read = in.read(block)) {
        if (isOpen()) {
          out.write(block, 0, read);
        }
      }
      if (isOpen()) {
        to.close();
      }
    } catch (IOException broken) {
      // The other direction notices as well.
    }
  }

  @Override
  public void close() throws IOException {
    entrance.close();
    for (Socket one : stuck) {
      one.close();
    }
    for (Socket one : sockets) {
      one.close();
    }
  }
}
