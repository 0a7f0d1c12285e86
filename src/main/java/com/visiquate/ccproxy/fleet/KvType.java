package com.visiquate.ccproxy.fleet;

/**
 * How an Ollama writes the keys and values of its context: its OLLAMA_KV_CACHE_TYPE. The sizes are
 * those of llama.cpp: blocks of 32 numbers with a scale of two bytes.
 */
public enum KvType {
  F16(2),
  Q8_0(34.0 / 32),
  Q4_0(18.0 / 32);

  private final double bytes;

  KvType(double bytes) {
    this.bytes = bytes;
  }

  /** Of one number. */
  public double bytes() {
    return bytes;
  }
}
