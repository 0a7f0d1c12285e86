package com.visiquate.ccproxy.config;

import java.util.Map;

/**
 * Whether and where spans of requests are sent.
 *
 * @param endpoint of a collector that takes OTLP over HTTP; empty for none
 * @param service what the collector calls this gateway
 * @param share of the requests that become spans when their client does not say, 0 to 1
 * @param headers that the collector wants, by name; secret
 */
public record TracingSettings(
    String endpoint, String service, double share, Map<String, String> headers) {
  private static final String PATH = "/v1/traces";

  /** No spans. */
  public static final TracingSettings OFF = new TracingSettings("", "ccproxy", 1, Map.of());

  public TracingSettings {
    headers = Map.copyOf(headers);
  }

  public boolean isOn() {
    return !endpoint.isEmpty();
  }

  /** Where spans are posted to. */
  public String url() {
    String base = endpoint.replaceAll("/+$", "");
    return base.endsWith(PATH) ? base : base + PATH;
  }

  /** Without what is secret. */
  @Override
  public String toString() {
    return "TracingSettings[%s, %s, %s, %s]".formatted(endpoint, service, share, headers.keySet());
  }
}
