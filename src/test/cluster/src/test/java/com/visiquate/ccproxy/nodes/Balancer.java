package com.visiquate.ccproxy.nodes;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * HAProxy before the nodes, as {@code conf/haproxy/nodes.cfg} sets it up, but for addresses and
 * TLS.
 */
final class Balancer implements AutoCloseable {
  private static final Path TEMPLATE = Path.of(System.getProperty("conf"), "haproxy", "nodes.cfg");
  private final Process process;

  private Balancer(Process process) {
    this.process = process;
  }

  static Balancer start(Path folder) throws IOException {
    String adapted =
        Files.readString(TEMPLATE)
            .replaceAll("bind :443 .*", "bind " + Network.BRIDGE_ADDRESS + ":8080")
            .replace("100.64.0.2:", Network.address(1) + ":")
            .replace("100.64.0.3:", Network.address(2) + ":")
            .replace("100.64.0.4:", Network.address(3) + ":");
    Path file = Files.writeString(folder.resolve("nodes.cfg"), adapted);
    return new Balancer(
        new ProcessBuilder("haproxy", "-db", "-f", file.toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("haproxy.log").toFile())
            .start());
  }

  static URI chat() {
    return URI.create("http://" + Network.BRIDGE_ADDRESS + ":8080/v1/chat/completions");
  }

  @Override
  public void close() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }
}
