package com.visiquate.ccproxy.tracing;

import com.visiquate.ccproxy.config.TracingSettings;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporterBuilder;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The way to the collector. Owns the spans that are not sent yet; those that there is no room for
 * are dropped, and nobody waits for it.
 */
final class Collector {
  private static final int MOST_WAITING = 4_096;
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private final SdkTracerProvider provider;
  private final Tracer tracer;

  Collector(TracingSettings settings) {
    OtlpHttpSpanExporterBuilder exporter =
        OtlpHttpSpanExporter.builder()
            .setEndpoint(settings.url())
            .setConnectTimeout(PATIENCE)
            .setTimeout(PATIENCE);
    settings.headers().forEach(exporter::addHeader);
    BatchSpanProcessor batches =
        BatchSpanProcessor.builder(new WatchedExporter(exporter.build(), settings.url()))
            .setMaxQueueSize(MOST_WAITING)
            .setExporterTimeout(PATIENCE)
            .build();
    provider =
        SdkTracerProvider.builder()
            .setResource(named(settings.service()))
            .setSampler(Sampler.parentBased(Sampler.traceIdRatioBased(settings.share())))
            .addSpanProcessor(batches)
            .build();
    tracer = provider.get("ccproxy");
  }

  /** Sends a request and all within it, in time. */
  void tell(Stretch request, Optional<TraceParent> parent) {
    tell(request, parent.map(Collector::remote).orElse(Context.root()));
  }

  /** Sends what is left; {@code done} is run when that is over, whether it succeeded or not. */
  void end(Runnable done) {
    provider.shutdown().whenComplete(done);
  }

  private void tell(Stretch told, Context parent) {
    SpanBuilder builder =
        tracer
            .spanBuilder(told.name())
            .setParent(parent)
            .setSpanKind(SpanKind.valueOf(told.kind().name()))
            .setStartTimestamp(told.begun());
    told.attributes().forEach((name, value) -> put(builder, name, value));
    Span span = builder.startSpan();
    // A trace that is not wanted has no spans at all.
    if (span.isRecording()) {
      told.children().forEach(child -> tell(child, parent.with(span)));
      if (told.failed()) {
        span.setStatus(StatusCode.ERROR);
      }
      span.end(told.ended());
    }
  }

  private static void put(SpanBuilder builder, String name, Object value) {
    switch (value) {
      case Long number -> builder.setAttribute(name, number);
      case List<?> texts ->
          builder.setAttribute(
              AttributeKey.stringArrayKey(name), texts.stream().map(String::valueOf).toList());
      default -> builder.setAttribute(name, value.toString());
    }
  }

  private static Context remote(TraceParent parent) {
    TraceFlags flags = parent.sampled() ? TraceFlags.getSampled() : TraceFlags.getDefault();
    SpanContext span =
        SpanContext.createFromRemoteParent(
            parent.trace(), parent.span(), flags, TraceState.getDefault());
    return Context.root().with(Span.wrap(span));
  }

  private static Resource named(String service) {
    Attributes name = Attributes.of(AttributeKey.stringKey("service.name"), service);
    return Resource.getDefault().merge(Resource.create(name));
  }
}
