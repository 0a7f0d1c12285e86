package com.visiquate.ccproxy.fleet;

/** What is known of a backend's health; its legal transitions are in {@code backend}. */
public enum Health {
  /** Not asked yet. */
  UNKNOWN,
  UP,
  /** A request or a probe has just failed; it is chosen only when nothing better is up. */
  SUSPECT,
  /** Several probes have failed; it gets nothing. */
  DOWN,
  /** It answers probes again and gets one request to prove itself. */
  PROBING
}
