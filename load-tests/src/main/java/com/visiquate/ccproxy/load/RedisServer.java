package com.visiquate.ccproxy.load;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** A Redis that keeps nothing on disk, and that can be stopped, killed and started again. */
final class RedisServer implements AutoCloseable {
  private static final int TRIES = 200;
  private final String cores;
  private final Path log;
  private final int port = Program.freePort();
  private Program program;

  RedisServer(String cores, Path log) throws IOException {
    this.cores = cores;
    this.log = log;
    this.program = start();
  }

  int port() {
    return port;
  }

  private Program start() throws IOException {
    Program started =
        Program.start(
            cores,
            log,
            List.of(
                Program.find("redis-server"),
                "--port",
                Integer.toString(port),
                "--bind",
                "127.0.0.1",
                "--save",
                "",
                "--appendonly",
                "no"));
    for (int i = 0; i < TRIES; i++) {
      try {
        say("PING");
        return started;
      } catch (IOException notYet) {
        LockSupport.parkNanos(20_000_000);
      }
    }
    started.close();
    throw new IOException("redis-server does not start; see " + log);
  }

  void again() throws IOException {
    program = start();
  }

  /** Sends a signal to it. */
  void signal(String name) throws IOException {
    try {
      String pid = Long.toString(program.handle().pid());
      new ProcessBuilder("kill", "-" + name, pid).inheritIO().start().waitFor();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Says a command and reads the first piece of what it answers. */
  String say(String command) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(5_000);
      OutputStream out = socket.getOutputStream();
      out.write((command + "\r\n").getBytes(StandardCharsets.US_ASCII));
      out.flush();
      byte[] answer = new byte[256];
      int length = socket.getInputStream().read(answer);
      return new String(answer, 0, Math.max(0, length), StandardCharsets.US_ASCII);
    }
  }

  @Override
  public void close() {
    program.close();
  }
}
