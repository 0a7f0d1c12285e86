package com.visiquate.ccproxy.launch;

import com.visiquate.ccproxy.simulator.Simulator;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Several nodes that act as one, each a process of its own with one simulated Ollama, so that any
 * of them can be ended and started by hand. The Ollamas live as long as the demo.
 */
final class DemoNodes {
  static final int MOST = 9;
  private static final int FIRST_PORT = 8_081;
  private static final int FIRST_OLLAMA = 11_434;
  private static final int FIRST_MEMBER = 5_701;
  private static final int PORTS = 400;
  private static final long PATIENCE_SECONDS = 60;

  private final int count;
  private final Surroundings surroundings;
  private final PrintWriter out;
  private final Vertx vertx = Vertx.vertx();
  private final List<Simulator> ollamas = new ArrayList<>();
  private final List<Integer> members = new ArrayList<>();
  private final List<Integer> ports = new ArrayList<>();
  private final List<Process> processes = new ArrayList<>();
  private final AtomicInteger code = new AtomicInteger();
  private final CountDownLatch ended = new CountDownLatch(1);
  private final String secret = UUID.randomUUID().toString();

  private DemoNodes(int count, Surroundings surroundings, PrintWriter out) {
    this.count = count;
    this.surroundings = surroundings;
    this.out = out;
  }

  /** Runs them until a signal comes. */
  static int run(int count, Surroundings surroundings, PrintWriter out, PrintWriter err) {
    DemoNodes nodes = new DemoNodes(count, surroundings, out);
    try {
      nodes.run();
      return nodes.code.get();
    } catch (IOException | ExecutionException failed) {
      err.printf("ccproxy: the demo could not start: %s%n", failed.getMessage());
      return ExitCode.COULD_NOT_START;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return ExitCode.COULD_NOT_START;
    }
  }

  private void run() throws IOException, ExecutionException, InterruptedException {
    surroundings.onSignal(this::signalled);
    TemporaryFolder folder = TemporaryFolder.create();
    try {
      for (int i = 0; i < count; i++) {
        ollamas.add(done(Simulator.start(vertx, Demo.profile().withPort(free(FIRST_OLLAMA, 1)))));
        members.add(free(FIRST_MEMBER, 2));
        ports.add(free(FIRST_PORT, 1));
      }
      for (int i = 0; i < count; i++) {
        begin(i, folder.path());
      }
      welcome();
      ended.await();
    } finally {
      processes.forEach(Process::destroy);
      for (Process process : processes) {
        process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
      }
      done(vertx.close());
      folder.delete();
    }
  }

  private void signalled(int number) {
    code.set(ExitCode.SIGNAL + number);
    ended.countDown();
  }

  private void begin(int number, Path folder) throws IOException {
    Path file = folder.resolve("node-%d.yaml".formatted(number + 1));
    Files.writeString(file, configuration(number, folder));
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx512m", "-XX:+UseSerialGC", "--enable-native-access=ALL-UNNAMED"));
    if (Runtime.version().feature() >= 25) {
      // As the start script does: Hazelcast would be told of in five lines otherwise.
      command.add("--sun-misc-unsafe-memory-access=allow");
    }
    command.add("-Dccproxy.parent=" + ProcessHandle.current().pid());
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), surroundings.main()));
    command.addAll(List.of("--config", file.toString()));
    processes.add(
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("node-%d.log".formatted(number + 1)).toFile())
            .start());
  }

  private String configuration(int number, Path folder) {
    return """
    server: {port: %d, drain: 2s}
    backends: [{id: %s, url: "http://127.0.0.1:%d"}]
    %s
    records: {file: "%s", node: node-%d}
    cluster:
      name: demo
      node: node-%6$d
      listen: "127.0.0.1:%d"
      members: [%s]
      secret: %s
    """
        .formatted(
            ports.get(number),
            backend(number),
            ollamas.get(number).port(),
            models(number),
            folder.resolve("records-%d.db".formatted(number + 1)),
            number + 1,
            members.get(number),
            members.stream().map("\"127.0.0.1:%d\""::formatted).collect(Collectors.joining(", ")),
            secret);
  }

  /** The last node has the large model, each of the others a small one. */
  private boolean isLarge(int number) {
    return number == count - 1;
  }

  private String backend(int number) {
    return isLarge(number) ? "quality" : "fast-" + (number + 1);
  }

  private String models(int number) {
    return isLarge(number)
        ? """
        models: [{name: qwen-quality, ollama: "qwen2.5-coder:32b-instruct", context: 131072, backends: [quality], warm: true}]
        aliases: {architecture: qwen-quality}\
        """
        : """
        models: [{name: qwen-fast, ollama: "qwen2.5-coder:7b-instruct", context: 65536, backends: [%s], warm: true}]
        aliases: {coding: qwen-fast, gpt-4: qwen-fast, "claude-*": qwen-fast}\
        """
            .formatted(backend(number));
  }

  private void welcome() {
    IntStream.range(0, count).forEach(this::introduce);
    String request =
        "{\"model\":\"coding\",\"stream\":true,"
            + "\"messages\":[{\"role\":\"user\",\"content\":\"Say hello\"}]}";
    out.printf(
        """

        They find each other within seconds. Ask any of them, and end any of them:
          curl -N http://127.0.0.1:%d/v1/chat/completions -H 'content-type: application/json' -d '%s'
          curl 'http://127.0.0.1:%d/ccproxy/queue?format=text'
          kill -9 %d

        Ctrl-C ends all of them.
        """,
        ports.getLast(), request, ports.getFirst(), processes.getFirst().pid());
    out.flush();
  }

  private void introduce(int number) {
    out.printf(
        "  node-%d  http://127.0.0.1:%d  process %d, simulated Ollama at %s%n",
        number + 1, ports.get(number), processes.get(number).pid(), ollamas.get(number).url());
  }

  /** The next port from there on that is free, and so many after it. */
  private int free(int from, int many) throws IOException {
    for (int port = from; port < from + PORTS; port++) {
      int candidate = port;
      boolean ours =
          IntStream.range(port, port + many)
              .anyMatch(
                  one -> ports.contains(one) || members.contains(one) || members.contains(one - 1));
      if (!ours && IntStream.range(candidate, candidate + many).allMatch(DemoNodes::isFree)) {
        return candidate;
      }
    }
    throw new IOException("no port is free from " + from + " on");
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort() == port;
    } catch (IOException taken) {
      return false;
    }
  }

  private static <T> T done(Future<T> future) throws ExecutionException, InterruptedException {
    return future.toCompletionStage().toCompletableFuture().get();
  }
}
