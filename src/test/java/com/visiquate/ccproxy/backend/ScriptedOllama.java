package com.visiquate.ccproxy.backend;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A server that says exactly the bytes that a test wants Ollama to say. */
public final class ScriptedOllama {
  private static final String GOOD = "HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s";
  private static final Pattern LENGTH = Pattern.compile("(?i)content-length: *(\\d+)");
  private final Vertx vertx;
  private final BlockingQueue<Caller> chats = new LinkedBlockingQueue<>();
  final AtomicInteger connections = new AtomicInteger();
  volatile String version = "0.24.0";
  volatile String loaded = "m:latest";
  private NetServer server;
  private int port;

  ScriptedOllama(Vertx vertx) {
    this.vertx = vertx;
    open();
  }

  void open() {
    server = vertx.createNetServer().connectHandler(this::accept);
    port = Waits.done(server.listen(port, "127.0.0.1")).actualPort();
  }

  void kill() {
    Waits.done(server.close());
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + port);
  }

  /** The next chat or load that arrives. */
  Caller next() {
    return Waits.next(chats);
  }

  boolean hasNoCaller() {
    return chats.isEmpty();
  }

  private void accept(NetSocket socket) {
    connections.incrementAndGet();
    CompletableFuture<Void> closed = new CompletableFuture<>();
    socket.closeHandler(nothing -> closed.complete(null));
    socket.exceptionHandler(ignored -> socket.close());
    Buffer[] pending = {Buffer.buffer()};
    socket.handler(bytes -> pending[0] = consume(socket, closed, pending[0].appendBuffer(bytes)));
  }

  private Buffer consume(NetSocket socket, CompletableFuture<Void> closed, Buffer bytes) {
    String text = bytes.toString(StandardCharsets.ISO_8859_1);
    int end = text.indexOf("\r\n\r\n");
    if (end < 0) {
      return bytes;
    }
    String head = text.substring(0, end);
    int length = contentLength(head);
    if (bytes.length() < end + 4 + length) {
      return bytes;
    }
    String body = text.substring(end + 4, end + 4 + length);
    answer(socket, closed, head, body);
    return bytes.getBuffer(end + 4 + length, bytes.length());
  }

  private void answer(NetSocket socket, CompletableFuture<Void> closed, String head, String body) {
    String path = head.split(" ", 3)[1];
    switch (path) {
      case "/api/version" -> good(socket, "{\"version\":\"%s\"}".formatted(version));
      case "/api/ps" -> good(socket, models(loaded));
      case "/api/tags" -> good(socket, models("m:latest"));
      case "/api/show" -> good(socket, "{\"capabilities\":[\"completion\",\"tools\"]}");
      default -> chats.add(new Caller(socket, head, body, closed));
    }
  }

  private static String models(String name) {
    return name.isEmpty()
        ? "{\"models\":[]}"
        : "{\"models\":[{\"name\":\"%s\",\"digest\":\"d\"}]}".formatted(name);
  }

  private static void good(NetSocket socket, String body) {
    socket.write(GOOD.formatted(body.length(), body));
  }

  private static int contentLength(String head) {
    Matcher length = LENGTH.matcher(head);
    return length.find() ? Integer.parseInt(length.group(1)) : 0;
  }

  /** One request, and what is said to it. */
  public record Caller(NetSocket socket, String head, String body, CompletableFuture<Void> closed) {
    public static final String TEXT =
        """
        {"message":{"role":"assistant","content":"%s"},"done":false}
        """;
    public static final String DONE =
        """
        {"message":{"role":"assistant","content":"%s"},"done":true,"done_reason":"stop",\
        "prompt_eval_count":7,"eval_count":3}
        """;

    Caller begin() {
      return raw("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
    }

    Caller text(String text) {
      return chunk(TEXT.formatted(text));
    }

    Caller done(String text) {
      return chunk(DONE.formatted(text));
    }

    Caller end() {
      return raw("0\r\n\r\n");
    }

    Caller chunk(String bytes) {
      return raw(framed(bytes));
    }

    static String framed(String bytes) {
      return "%x\r\n%s\r\n".formatted(bytes.length(), bytes);
    }

    Caller refuse(int status, String error) {
      String json = "{\"error\":\"%s\"}".formatted(error);
      return raw(
          "HTTP/1.1 %d X\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s"
              .formatted(status, json.length(), json));
    }

    Caller raw(String bytes) {
      socket.write(bytes, "ISO-8859-1");
      return this;
    }

    void hangUp() {
      socket.close();
    }

    void isClosed() throws Exception {
      closed.get(Waits.SECONDS, TimeUnit.SECONDS);
    }
  }
}
