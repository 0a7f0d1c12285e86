package com.visiquate.ccproxy.load;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * A backend that costs almost nothing: it frames its answers as Ollama does, from bytes prepared
 * beforehand, with as many slots as there are requests. It owns one selector, and prints its port
 * when it is ready.
 */
final class FakeOllama {
  private static final long TICK = 250_000;

  private final Selector selector = Selector.open();
  private final Metronome metronome = new Metronome(selector);
  private final byte[] input = new byte[65_536];
  private final List<FakeConnection> streaming = new ArrayList<>();

  private FakeOllama() throws IOException {}

  public static void main(String[] arguments) throws IOException {
    Parent.endWithIt();
    try (ServerSocketChannel listener = ServerSocketChannel.open()) {
      int port = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 0;
      listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 4_096);
      listener.configureBlocking(false);
      FakeOllama fake = new FakeOllama();
      listener.register(fake.selector, SelectionKey.OP_ACCEPT);
      System.out.println(listener.socket().getLocalPort());
      fake.serve();
    }
  }

  private void serve() throws IOException {
    while (true) {
      long now = System.nanoTime();
      long next = advance(now);
      if (next <= now) {
        selector.selectNow(this::ready);
      } else {
        // Tokens that fall due within a quarter of a millisecond share a turn, as they do on a busy
        // machine.
        metronome.wakeAt(next == Long.MAX_VALUE ? next : Math.max(next, now + TICK));
        selector.select(this::ready);
      }
    }
  }

  /** Writes every token that is due; returns when the next one will be. */
  private long advance(long now) {
    long next = Long.MAX_VALUE;
    for (int i = streaming.size() - 1; i >= 0; i--) {
      FakeConnection connection = streaming.get(i);
      next = Math.min(next, connection.advance(now));
      if (!connection.streaming()) {
        streaming.set(i, streaming.getLast());
        streaming.removeLast();
      }
    }
    return next;
  }

  private void ready(SelectionKey key) {
    try {
      if (key.isAcceptable()) {
        accept((ServerSocketChannel) key.channel());
      } else {
        serve((FakeConnection) key.attachment(), key);
      }
    } catch (IOException leaving) {
      ((FakeConnection) key.attachment()).close();
    }
  }

  private void accept(ServerSocketChannel listener) throws IOException {
    for (SocketChannel client = listener.accept(); client != null; client = listener.accept()) {
      client.configureBlocking(false);
      client.setOption(StandardSocketOptions.TCP_NODELAY, true);
      SelectionKey key = client.register(selector, SelectionKey.OP_READ);
      key.attach(new FakeConnection(client, key));
    }
  }

  private void serve(FakeConnection connection, SelectionKey key) throws IOException {
    if (key.isWritable()) {
      connection.flush();
    }
    boolean before = connection.streaming();
    if (key.isReadable()) {
      connection.read(input);
    }
    stall(connection.stall());
    if (!before && connection.streaming()) {
      streaming.add(connection);
    }
  }

  /**
   * Stands still with everything that it serves, when a check of the load generator asks for it.
   */
  private static void stall(long nanos) {
    long until = System.nanoTime() + nanos;
    for (long left = nanos; left > 0; left = until - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }
}
