package com.visiquate.ccproxy.routing.cache;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How an Ollama keeps prefixes; see decision 0006. */
public enum CacheRule {
  /** One prefix a slot; the free slot with the longest common one, however short, is taken. */
  SLOTS,
  /**
   * A slot with a tenth in common, else the one that was used least recently; what is replaced is
   * kept in main memory.
   */
  STORE;

  private static final Pattern VERSION = Pattern.compile("v?(\\d{1,6})\\.(\\d{1,6}).*");
  private static final int FIRST_WITH_STORE = 33;

  /** By the version that a backend reports; the rule that promises less when it is not known. */
  public static CacheRule of(String version) {
    Matcher parts = VERSION.matcher(version);
    if (!parts.matches()) {
      return SLOTS;
    }
    boolean one = Integer.parseInt(parts.group(1)) > 0;
    return one || Integer.parseInt(parts.group(2)) >= FIRST_WITH_STORE ? STORE : SLOTS;
  }
}
