package com.visiquate.ccproxy.load;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Executors;

/** More of ccproxy's configuration, and somebody who takes its traces. */
final class Stages {
  private Stages() {}

  /** In the file, FOLDER is where it may write, ALIAS its model, OTLP where it may send traces. */
  static String of(Settings settings) throws IOException {
    if (settings.with().isEmpty()) {
      return "";
    }
    String text = Files.readString(settings.with().get());
    Path folder = Files.createTempDirectory(settings.folder().toAbsolutePath(), "stages-");
    if (text.contains("OTLP")) {
      text = text.replace("OTLP", "http://127.0.0.1:" + receiver());
    }
    return text.replace("FOLDER", folder.toString()).replace("ALIAS", Ask.ALIAS);
  }

  /** Reads and forgets; it ends with this process. */
  private static int receiver() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          exchange.getRequestBody().transferTo(java.io.OutputStream.nullOutputStream());
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    server.setExecutor(
        Executors.newSingleThreadExecutor(
            task -> {
              Thread thread = new Thread(task, "traces");
              thread.setDaemon(true);
              return thread;
            }));
    server.start();
    return server.getAddress().getPort();
  }
}
