package com.visiquate.ccproxy.config;

import java.util.List;

/**
 * What settings were read from.
 *
 * @param yaml the native configuration that says the same, without what variables replace
 * @param findings what became of each key of a file that is not native, with its line; empty for a
 *     native one
 */
public record Origin(String yaml, List<String> findings) {
  public Origin {
    findings = List.copyOf(findings);
  }
}
