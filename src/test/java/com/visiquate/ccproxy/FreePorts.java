package com.visiquate.ccproxy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Ports for what must know its port before it listens. They are below those that systems give to
 * connections, so that none is taken meanwhile by somebody who asks for any.
 */
public final class FreePorts {
  private static final int FIRST = 12_000;
  private static final int LAST = 31_000;

  private FreePorts() {}

  /** So many, the one after each of them free as well. */
  public static List<Integer> pairs(int count) {
    List<Integer> found = new ArrayList<>();
    int port = ThreadLocalRandom.current().nextInt(FIRST, LAST);
    for (int tries = 0; tries < LAST && found.size() < count; tries++) {
      port = port + 2 > LAST ? FIRST : port + 2;
      if (isFree(port) && isFree(port + 1)) {
        found.add(port);
      }
    }
    if (found.size() < count) {
      throw new AssertionError("no ports are free");
    }
    return found;
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort() == port;
    } catch (IOException taken) {
      return false;
    }
  }
}
