package com.visiquate.ccproxy.tracing;

import com.visiquate.ccproxy.bus.ExchangeEnded;
import com.visiquate.ccproxy.bus.ExchangeEnded.Asked;
import java.util.HashMap;
import java.util.Map;

/** What is told of a client's request: OpenTelemetry's conventions for HTTP, and our own words. */
final class RequestAttributes {
  private RequestAttributes() {}

  static Map<String, Object> of(ExchangeEnded end) {
    Asked asked = end.asked();
    Map<String, Object> told = new HashMap<>();
    told.put("http.request.method", "POST");
    told.put("http.route", asked.route());
    told.put("url.path", asked.path());
    told.put("url.scheme", "http");
    if (end.status() > 0) {
      told.put("http.response.status_code", (long) end.status());
    }
    String error = Spans.error(end);
    if (!error.isEmpty()) {
      told.put("error.type", error);
    }
    own(end, told);
    return told;
  }

  private static void own(ExchangeEnded end, Map<String, Object> told) {
    told.put("ccproxy.exchange", end.exchange().value());
    told.put("ccproxy.outcome", end.outcome().label());
    told.put("ccproxy.alias", end.alias());
    told.put("ccproxy.client", end.client().value());
    told.put("ccproxy.streamed", Boolean.toString(end.streamed()));
    String key = end.asked().key();
    if (key != null) {
      told.put("ccproxy.key", key);
    }
  }
}
