package com.visiquate.ccproxy.load;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * One connection of the fake: the request that it reads, and the stream that it has not finished
 * yet.
 */
final class FakeConnection {
  private static final int ROOM = 8_192;

  private final SocketChannel channel;
  private final SelectionKey key;
  private final MessageReader reader = new MessageReader(this::keep);
  private final ByteBuffer output = ByteBuffer.allocate(ROOM).flip();
  private byte[] body = new byte[1_024];
  private int bodyLength;
  private FakeAnswers.Order order = FakeAnswers.Order.NONE;
  private int left;
  private long due;
  private long stall;

  FakeConnection(SocketChannel channel, SelectionKey key) {
    this.channel = channel;
    this.key = key;
  }

  boolean streaming() {
    return left > 0;
  }

  /** For how long this connection has just asked the fake to stand still. */
  long stall() {
    long asked = stall;
    stall = 0;
    return asked;
  }

  void read(byte[] input) throws IOException {
    ByteBuffer into = ByteBuffer.wrap(input);
    int length = channel.read(into);
    if (length < 0) {
      close();
      return;
    }
    int next = 0;
    while (next < length) {
      next = reader.read(input, next, length);
      if (reader.complete()) {
        answer();
        reader.reset();
        bodyLength = 0;
      }
    }
  }

  private void keep(byte[] bytes, int from, int to) {
    if (bodyLength + to - from > body.length) {
      body = Arrays.copyOf(body, 2 * (bodyLength + to - from));
    }
    System.arraycopy(bytes, from, body, bodyLength, to - from);
    bodyLength += to - from;
  }

  private void answer() throws IOException {
    String head = reader.head();
    String path = head.substring(head.indexOf(' ') + 1, head.indexOf(' ', head.indexOf(' ') + 1));
    String asked = new String(body, 0, bodyLength, StandardCharsets.UTF_8);
    if (path.equals("/api/chat") || path.equals("/api/generate")) {
      chat(FakeAnswers.Order.of(asked));
    } else if (path.equals(Target.Speaks.OPENAI.path())) {
      recorded(FakeAnswers.Order.of(asked));
    } else {
      send(FakeAnswers.plain(path));
    }
  }

  /** In one write, or an event in each. */
  private void recorded(FakeAnswers.Order asked) throws IOException {
    byte[] answer = Recorded.answer(asked.stream());
    int sent = 0;
    for (int at = 1; at < answer.length && asked.tokensInOneWrite() == 1; at++) {
      if (answer[at] == '\n' && answer[at - 1] == '\n') {
        send(Arrays.copyOfRange(answer, sent, at + 1));
        sent = at + 1;
      }
    }
    send(Arrays.copyOfRange(answer, sent, answer.length));
  }

  private void chat(FakeAnswers.Order asked) throws IOException {
    stall = asked.stall();
    if (!asked.stream()) {
      send(FakeAnswers.whole(asked));
      return;
    }
    order = asked;
    left = asked.tokens() + 1;
    long now = System.nanoTime();
    due = now + asked.before();
    send(FakeAnswers.streamHead());
    advance(now);
  }

  /** Writes the tokens that are due; returns when the next one will be. */
  long advance(long now) {
    try {
      while (left > 0 && due <= now && !output.hasRemaining()) {
        write();
      }
      return left == 0 ? Long.MAX_VALUE : output.hasRemaining() ? now + 1_000_000 : due;
    } catch (IOException leaving) {
      close();
      return Long.MAX_VALUE;
    }
  }

  private void write() throws IOException {
    output.clear();
    int most = Math.min(order.tokensInOneWrite(), left - 1);
    int written = 0;
    while (written < most && output.remaining() > FakeAnswers.LINE) {
      FakeAnswers.token(output);
      written++;
    }
    left -= written;
    // Ollama writes its last line on its own.
    if (written == 0) {
      FakeAnswers.last(output, order);
      left = 0;
    }
    due = left == 1 ? due : due + order.gap();
    output.flip();
    flush();
  }

  private void send(byte[] answer) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(answer);
    while (bytes.hasRemaining()) {
      if (channel.write(bytes) == 0) {
        throw new IOException("the reader is too slow for a whole answer");
      }
    }
  }

  void flush() throws IOException {
    channel.write(output);
    int interest =
        output.hasRemaining() ? SelectionKey.OP_READ | SelectionKey.OP_WRITE : SelectionKey.OP_READ;
    if (key.interestOps() != interest) {
      key.interestOps(interest);
    }
  }

  void close() {
    left = 0;
    key.cancel();
    try {
      channel.close();
    } catch (IOException alreadyGone) {
      // Nothing is left to end.
    }
  }
}
