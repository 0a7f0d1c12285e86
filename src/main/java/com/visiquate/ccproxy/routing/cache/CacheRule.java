package com.visiquate.ccproxy.routing.cache;

import com.visiquate.ccproxy.fleet.OllamaVersion;

/** How an Ollama keeps prefixes; see decision 0006. */
public enum CacheRule {
  /** One prefix a slot; the free slot with the longest common one, however short, is taken. */
  SLOTS,
  /**
   * A slot with a tenth in common, else the one that was used least recently; what is replaced is
   * kept in main memory.
   */
  STORE;

  /** By the version that a backend reports; the rule that promises less when it is not known. */
  public static CacheRule of(String version) {
    return OllamaVersion.of(version).isNewerLine() ? STORE : SLOTS;
  }
}
