package com.visiquate.ccproxy.load.swarm;

import java.util.List;

/**
 * The models of the deployment, on which of the three Ollamas they are, and the rates at which the
 * simulated ones run.
 */
enum Model {
  FAST("qwen-fast", "qwen2.5-coder:7b-instruct", 125, 50, List.of(0, 1)),
  QUALITY("qwen-quality", "qwen2.5-coder:32b-instruct", 30, 9, List.of(2));

  /** Enough for the longest conversation of any seed. */
  static final int CONTEXT = 65_536;

  private final String alias;
  private final String ollama;
  private final double promptRate;
  private final double outputRate;
  private final List<Integer> servers;

  Model(String alias, String ollama, double promptRate, double outputRate, List<Integer> servers) {
    this.alias = alias;
    this.ollama = ollama;
    this.promptRate = promptRate;
    this.outputRate = outputRate;
    this.servers = servers;
  }

  /** What clients of ccproxy call it. */
  String alias() {
    return alias;
  }

  /** What clients of Ollama call it. */
  String ollama() {
    return ollama;
  }

  List<Integer> servers() {
    return servers;
  }

  /** Seconds of one server for so many tokens in that nobody has cached, and so many out. */
  double seconds(int prompt, int answer) {
    return prompt / promptRate + answer / outputRate;
  }
}
