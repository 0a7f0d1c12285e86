package com.visiquate.ccproxy.endtoend;

import com.google.protobuf.InvalidProtocolBufferException;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** A collector that decodes what it is sent; owns its server and what it was told. */
final class OtlpReceiver implements AutoCloseable {
  private final Vertx vertx = Vertx.vertx();
  private final HttpServer server;
  private final List<Span> spans = new CopyOnWriteArrayList<>();
  private final Map<String, Object> resource = new HashMap<>();
  private final List<String> tokens = new CopyOnWriteArrayList<>();

  OtlpReceiver() {
    server =
        Waits.done(vertx.createHttpServer().requestHandler(this::received).listen(0, "127.0.0.1"));
  }

  int port() {
    return server.actualPort();
  }

  /** All spans so far, in the order in which they ended. */
  List<Span> spans() {
    return spans;
  }

  Span named(String name) {
    List<Span> found = spans.stream().filter(span -> span.getName().equals(name)).toList();
    if (found.size() != 1) {
      throw new AssertionError(name + ": " + found.size() + " of " + spans);
    }
    return found.getFirst();
  }

  /** What is said of whoever sent them. */
  synchronized Map<String, Object> resource() {
    return Map.copyOf(resource);
  }

  /** What the requests had as {@code x-token}. */
  List<String> tokens() {
    return tokens;
  }

  static Map<String, Object> attributes(Span span) {
    return attributes(span.getAttributesList());
  }

  static String hex(com.google.protobuf.ByteString id) {
    return HexFormat.of().formatHex(id.toByteArray());
  }

  private static Map<String, Object> attributes(List<KeyValue> list) {
    Map<String, Object> attributes = new HashMap<>();
    list.forEach(one -> attributes.put(one.getKey(), value(one.getValue())));
    return attributes;
  }

  private static Object value(AnyValue value) {
    return switch (value.getValueCase()) {
      case INT_VALUE -> value.getIntValue();
      case ARRAY_VALUE ->
          value.getArrayValue().getValuesList().stream().map(OtlpReceiver::value).toList();
      default -> value.getStringValue();
    };
  }

  private void received(HttpServerRequest request) {
    if (!"/v1/traces".equals(request.path())) {
      request.response().setStatusCode(404).end();
      return;
    }
    tokens.add(String.valueOf(request.getHeader("x-token")));
    request
        .body()
        .onSuccess(
            body -> {
              decoded(body.getBytes());
              request.response().putHeader("Content-Type", "application/x-protobuf").end();
            });
  }

  private synchronized void decoded(byte[] bytes) {
    try {
      for (ResourceSpans one : ExportTraceServiceRequest.parseFrom(bytes).getResourceSpansList()) {
        resource.putAll(attributes(one.getResource().getAttributesList()));
        one.getScopeSpansList().forEach(scope -> spans.addAll(scope.getSpansList()));
      }
    } catch (InvalidProtocolBufferException wrong) {
      throw new AssertionError(wrong);
    }
  }

  @Override
  public void close() {
    Waits.done(vertx.close());
  }
}
