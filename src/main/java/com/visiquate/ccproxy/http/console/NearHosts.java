package com.visiquate.ccproxy.http.console;

import java.util.regex.Pattern;

/**
 * Hosts that no other organisation runs: this machine, and addresses and names of a private net.
 */
final class NearHosts {
  private static final Pattern PRIVATE =
      Pattern.compile(
          "127\\..*|10\\..*|192\\.168\\..*|172\\.(1[6-9]|2\\d|3[01])\\..*|169\\.254\\..*"
              + "|\\[(::1|f[cd].*|fe80.*)]");

  private static final Pattern NAME =
      Pattern.compile("[a-z0-9-]+|.*\\.(local|localhost|internal|home\\.arpa)");

  private NearHosts() {}

  static boolean isNear(String host) {
    return PRIVATE.matcher(host).matches() || NAME.matcher(host).matches();
  }
}
