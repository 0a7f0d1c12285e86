package com.visiquate.ccproxy.routing;

import com.visiquate.ccproxy.fleet.KvType;
import com.visiquate.ccproxy.fleet.PromptCache;
import java.util.Map;

/**
 * What an Ollama says that it is, and what it does.
 *
 * @param version as it reports it
 * @param stored tokens that it keeps in main memory besides its slots; 0 on the older line
 * @param expected tokens that it keeps by its configuration and its model
 */
record SwarmOllama(String version, int stored, int expected) {
  static final SwarmOllama OLDER = new SwarmOllama("0.24.0", 0, 150_000);
  static final SwarmOllama NEWER = new SwarmOllama("0.33.1", 150_000, 150_000);

  private static final int BYTES_A_TOKEN = 57_344;

  /** As {@code /api/show} tells of a model of seven billion parameters. */
  static final Map<String, Object> SEVEN_BILLION =
      Map.of(
          "general.architecture", "qwen2",
          "qwen2.block_count", 28,
          "qwen2.attention.head_count", 28,
          "qwen2.attention.head_count_kv", 4,
          "qwen2.embedding_length", 3_584);

  /** The same with another store than anybody expects. */
  SwarmOllama storing(int tokens) {
    return new SwarmOllama(version, tokens, expected);
  }

  /** The same with a store that is as large as one expects. */
  SwarmOllama known() {
    return new SwarmOllama(version, stored, stored);
  }

  /** What it is configured to keep. */
  PromptCache configured() {
    return new PromptCache((long) expected * BYTES_A_TOKEN, KvType.F16);
  }
}
