package com.visiquate.ccproxy.http;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;

/** A client that writes and reads bytes, so that tests see exactly what is on the wire. */
public final class RawClient implements AutoCloseable {
  private static final int PATIENCE_MILLIS = 30_000;
  private final Socket socket;
  private final InputStream in;

  RawClient(int port) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(PATIENCE_MILLIS);
    in = new BufferedInputStream(socket.getInputStream());
  }

  public RawClient send(String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
    return this;
  }

  public RawClient get(String path) throws IOException {
    return send("GET " + path + " HTTP/1.1\r\nHost: x\r\n\r\n");
  }

  public RawClient post(String body, String... headers) throws IOException {
    StringBuilder head = new StringBuilder("POST /v1/chat/completions HTTP/1.1\r\nHost: x\r\n");
    head.append("Content-Length: ").append(body.getBytes(StandardCharsets.UTF_8).length);
    for (String header : headers) {
      head.append("\r\n").append(header);
    }
    return send(head + "\r\n\r\n" + body);
  }

  /** Everything up to and with this text. */
  public String until(String end) throws IOException {
    StringBuilder seen = new StringBuilder();
    while (seen.length() < end.length() || seen.indexOf(end, seen.length() - end.length()) < 0) {
      int next = in.read();
      if (next < 0) {
        throw new AssertionError("closed after: " + seen);
      }
      seen.append((char) next);
    }
    return seen.toString();
  }

  /** One response with a Content-Length: head and body. */
  public String response() throws IOException {
    String head = until("\r\n\r\n");
    String length = value(head, "content-length");
    int size = length.isEmpty() ? 0 : Integer.parseInt(length);
    return head + new String(in.readNBytes(size), StandardCharsets.UTF_8);
  }

  /** All that comes until the server closes the connection. */
  public String rest() throws IOException {
    return new String(in.readAllBytes(), StandardCharsets.UTF_8);
  }

  /** Whether the server has closed the connection within the time; nothing else may come. */
  public boolean isClosedWithin(Duration time) throws IOException {
    socket.setSoTimeout((int) time.toMillis());
    try {
      return in.read() < 0;
    } catch (SocketTimeoutException open) {
      return false;
    } finally {
      socket.setSoTimeout(PATIENCE_MILLIS);
    }
  }

  /** Whether there is a byte that has not been read. */
  public boolean hasSaidAnything() throws IOException {
    return in.available() > 0;
  }

  /** Whether the server has closed the connection, after whatever else it sent. */
  public boolean isClosed() throws IOException {
    in.transferTo(OutputStream.nullOutputStream());
    return true;
  }

  void reset() throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  static String value(String head, String name) {
    return head.lines()
        .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(name + ":"))
        .map(line -> line.substring(name.length() + 1).strip())
        .findFirst()
        .orElse("");
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
