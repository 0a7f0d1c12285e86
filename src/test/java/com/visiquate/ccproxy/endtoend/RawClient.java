package com.visiquate.ccproxy.endtoend;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A client that shows every byte: one request on one socket, read as it comes. */
final class RawClient implements AutoCloseable {
  private static final int PATIENCE_MILLIS = 30_000;
  private final Socket socket;
  private final InputStream in;

  RawClient(int port) throws IOException {
    socket = new Socket();
    socket.setSoTimeout(PATIENCE_MILLIS);
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), PATIENCE_MILLIS);
    in = new BufferedInputStream(socket.getInputStream());
  }

  /** What came back: the status, headers by lower-case name, and the body without its framing. */
  record Reply(int status, Map<String, String> headers, String body, boolean properlyEnded) {
    String header(String name) {
      return headers.getOrDefault(name, "");
    }
  }

  public RawClient post(String path, String json) throws IOException {
    return post(path, json, Map.of());
  }

  public RawClient post(String path, String json, Map<String, String> headers) throws IOException {
    byte[] body = json.getBytes(StandardCharsets.UTF_8);
    StringBuilder head = new StringBuilder("POST " + path + " HTTP/1.1\r\nHost: localhost\r\n");
    headers.forEach((name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
    head.append("Content-Type: application/json\r\nContent-Length: ").append(body.length);
    head.append("\r\n\r\n");
    send(head.toString().getBytes(StandardCharsets.US_ASCII));
    send(body);
    return this;
  }

  RawClient request(String method, String path) throws IOException {
    String head = method + " " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n";
    send(head.getBytes(StandardCharsets.US_ASCII));
    return this;
  }

  public void send(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
    socket.getOutputStream().flush();
  }

  /** Reads the head of a response; its body is still to come. */
  Reply head() throws IOException {
    String[] status = line().split(" ", 3);
    Map<String, String> headers = new LinkedHashMap<>();
    for (String header = line(); !header.isEmpty(); header = line()) {
      int colon = header.indexOf(':');
      headers.put(
          header.substring(0, colon).toLowerCase(Locale.ROOT), header.substring(colon + 1).strip());
    }
    return new Reply(Integer.parseInt(status[1]), headers, "", true);
  }

  /** Reads one whole response. */
  Reply reply() throws IOException {
    return rest(head());
  }

  /** Reads what is left of a response whose head has been read. */
  public Reply rest(Reply head) throws IOException {
    if (head.header("transfer-encoding").equals("chunked")) {
      return chunked(head);
    }
    int length = Integer.parseInt(head.headers().getOrDefault("content-length", "0"));
    byte[] body = in.readNBytes(length);
    return new Reply(head.status(), head.headers(), utf8(body), body.length == length);
  }

  private Reply chunked(Reply head) throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    byte[] chunk = chunk();
    while (chunk != null && chunk.length > 0) {
      body.writeBytes(chunk);
      chunk = chunk();
    }
    return new Reply(head.status(), head.headers(), utf8(body.toByteArray()), chunk != null);
  }

  /** The next chunk of a body; empty at its proper end, null when the connection ended instead. */
  byte @Nullable [] chunk() throws IOException {
    String size = line();
    if (size.isEmpty()) {
      return null;
    }
    byte[] bytes = in.readNBytes(Integer.parseInt(size, 16));
    line();
    return bytes;
  }

  /** One chunk as text; the caller knows that there is one. */
  String text() throws IOException {
    byte[] chunk = chunk();
    return chunk == null ? "" : utf8(chunk);
  }

  /** Closes with a reset, as a killed process does. */
  void reset() throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  /** Whether there is a byte that has not been read. */
  public boolean hasSaidAnything() throws IOException {
    return in.available() > 0;
  }

  /** True when the other side has closed. */
  boolean ended() throws IOException {
    return in.read() < 0;
  }

  /** The port that it talks to. */
  int port() {
    return socket.getPort();
  }

  Socket socket() {
    return socket;
  }

  private String line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int b = in.read(); b >= 0 && b != '\n'; b = in.read()) {
      if (b != '\r') {
        line.write(b);
      }
    }
    return utf8(line.toByteArray());
  }

  private static String utf8(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
