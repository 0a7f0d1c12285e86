package com.visiquate.ccproxy.browser;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** A simulated Ollama in a process of its own. */
final class Ollamas implements AutoCloseable {
  private static final Pattern READY = Pattern.compile("^ready (\\S+)");
  private final Process process;
  private final String url;

  private Ollamas(Process process, String url) {
    this.process = process;
    this.url = url;
  }

  /** One server with so many slots a model. */
  static Ollamas start(int slots) throws Exception {
    Process process =
        new ProcessBuilder(
                Gateway.java(),
                "-Xmx128m",
                "-XX:+UseSerialGC",
                "-cp",
                Gateway.JAR.toString(),
                "com.visiquate.ccproxy.simulator.SimulatorMain",
                "--ports",
                "0",
                "--slots",
                String.valueOf(slots))
            .redirectErrorStream(true)
            .start();
    return new Ollamas(process, Gateway.awaitLine(process, READY, line -> {}).group(1));
  }

  String url() {
    return url;
  }

  /** Two for quick models, one for the large one, behind one gateway. */
  static String configuration(List<Ollamas> three, String more) {
    return """
    server: {host: 127.0.0.1, rehearsal: 0, drain: 1s}
    backends:
      - {id: fast-1, url: "%s", host: mini, slots: 2, resident-models: 2}
      - {id: fast-2, url: "%s", host: mini, slots: 2, resident-models: 2}
      - {id: quality, url: "%s", host: studio}
    models:
      - {name: qwen-fast, ollama: "qwen2.5-coder:7b-instruct", context: 32768, backends: [fast-1, fast-2], warm: true}
      - {name: qwen-quality, ollama: "qwen2.5-coder:32b-instruct", context: 32768, backends: [quality], fallbacks: [qwen-fast]}
      - {name: thinker, ollama: "qwen3:8b", context: 32768, backends: [fast-1, fast-2]}
    aliases: {coding: qwen-fast, architecture: qwen-quality}
    records: {file: records.db}
    """
            .formatted(three.get(0).url(), three.get(1).url(), three.get(2).url())
        + more;
  }

  @Override
  public void close() throws Exception {
    process.destroy();
    if (!process.waitFor(10, TimeUnit.SECONDS)) {
      process.destroyForcibly().waitFor();
    }
  }
}
