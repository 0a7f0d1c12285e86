package com.visiquate.ccproxy.load;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * Answers of a gateway as bytes, so that the fake can say the same ones and another gateway pass
 * them on. They are in the folder that the fake is started with.
 */
final class Recorded {
  private static final String FOLDER = "ccproxy.recorded";
  private static final Map<Boolean, byte[]> ANSWERS = new HashMap<>();

  private Recorded() {}

  /** An option for the Java of the fake. */
  static String option(Path folder) {
    return "-D" + FOLDER + "=" + folder.toAbsolutePath();
  }

  /** Asks once and keeps what comes. */
  static void record(Path folder, Target target, Ask ask) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), target.port())) {
      OutputStream out = socket.getOutputStream();
      out.write(target.request(ask));
      out.flush();
      MessageReader reader = new MessageReader((bytes, from, to) -> {});
      byte[] bytes = new byte[65_536];
      int length = 0;
      InputStream in = socket.getInputStream();
      while (!reader.complete()) {
        int more = in.read(bytes, length, bytes.length - length);
        if (more < 0) {
          throw new IOException("the answer to be recorded has no end");
        }
        reader.read(bytes, length, length + more);
        length += more;
      }
      Files.write(file(folder, ask.stream()), java.util.Arrays.copyOf(bytes, length));
    }
  }

  static byte[] answer(boolean stream) {
    return ANSWERS.computeIfAbsent(
        stream,
        none -> {
          try {
            return Files.readAllBytes(file(Path.of(System.getProperty(FOLDER, ".")), stream));
          } catch (IOException missing) {
            throw new UncheckedIOException(missing);
          }
        });
  }

  private static Path file(Path folder, boolean stream) {
    return folder.resolve(stream ? "stream.http" : "whole.http");
  }
}
