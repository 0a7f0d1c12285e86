package com.visiquate.ccproxy.load;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;

/** One connection of the load generator, with at most one request under way. */
final class Client {
  private final SocketChannel channel;
  private final Answer answer;
  private final MessageReader reader;
  private long due;

  Client(int port, Selector selector, Answer answer) throws IOException {
    this.answer = answer;
    this.reader = new MessageReader(answer);
    channel = SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    channel.configureBlocking(false);
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    channel.register(selector, SelectionKey.OP_READ, this);
  }

  /** Sends a request that should have begun at the given nanosecond. */
  void ask(byte[] request, long dueAt) throws IOException {
    due = dueAt;
    answer.begin();
    reader.reset();
    if (channel.write(ByteBuffer.wrap(request)) < request.length) {
      throw new IOException("a request did not fit into an idle socket");
    }
  }

  /** Reads what has come; false when the other side has closed. */
  boolean read(ByteBuffer input) throws IOException {
    input.clear();
    int length = channel.read(input);
    answer.readAt(System.nanoTime());
    int read = 0;
    while (read < length && !reader.complete()) {
      read = reader.read(input.array(), read, length);
    }
    return length >= 0;
  }

  boolean answered() {
    return reader.complete();
  }

  boolean reusable() {
    return !reader.header("connection").equals("close");
  }

  int status() {
    return Integer.parseInt(reader.head().substring(9, 12));
  }

  long due() {
    return due;
  }

  Answer answer() {
    return answer;
  }

  void close() {
    try {
      channel.close();
    } catch (IOException alreadyGone) {
      // Nothing is left to end.
    }
  }
}
