package com.visiquate.ccproxy.simulator;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A plain socket to a simulator: bytes out, bytes in, and how the connection ended. */
public final class RawExchange implements AutoCloseable {
  private static final int PATIENCE_MILLIS = 10_000;
  private final Socket socket;
  private boolean reset;

  public RawExchange(Simulator simulator, String request) throws IOException {
    this(simulator, request.getBytes(StandardCharsets.UTF_8));
  }

  public RawExchange(Simulator simulator, byte[] request) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), simulator.port());
    socket.setSoTimeout(PATIENCE_MILLIS);
    socket.getOutputStream().write(request);
    socket.getOutputStream().flush();
  }

  public static String post(String path, String body) {
    int length = body.getBytes(StandardCharsets.UTF_8).length;
    return "POST "
        + path
        + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: "
        + length
        + "\r\n\r\n"
        + body;
  }

  public static String get(String path) {
    return "GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
  }

  /** Everything until the server ends the connection. */
  public String all() throws IOException {
    return new String(bytes(), StandardCharsets.UTF_8);
  }

  byte[] bytes() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    InputStream in = socket.getInputStream();
    byte[] buffer = new byte[65_536];
    try {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        bytes.write(buffer, 0, read);
      }
    } catch (java.net.SocketException e) {
      reset = true;
    }
    return bytes.toByteArray();
  }

  int available() throws IOException {
    return socket.getInputStream().available();
  }

  /** Reads until this text has arrived. */
  String until(String text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    while (!bytes.toString(StandardCharsets.UTF_8).contains(text)) {
      int next = socket.getInputStream().read();
      if (next < 0) {
        throw new IOException("ended before " + text + ": " + bytes);
      }
      bytes.write(next);
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }

  boolean wasReset() {
    return reset;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
