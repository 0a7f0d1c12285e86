package com.visiquate.ccproxy.tracing;

import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.util.Collection;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Level;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says once that a collector cannot be reached, and once that it can again. */
final class WatchedExporter implements SpanExporter {
  private static final Logger LOG = LoggerFactory.getLogger(WatchedExporter.class);

  /** Held, because who only names such a logger may lose what was set. */
  private static final java.util.logging.Logger THEIRS =
      java.util.logging.Logger.getLogger("io.opentelemetry.exporter");

  private final SpanExporter exporter;
  private final String url;
  private final AtomicBoolean lost = new AtomicBoolean();

  WatchedExporter(SpanExporter exporter, String url) {
    this.exporter = exporter;
    this.url = url;
    // It writes past our log, with a stack for each batch.
    THEIRS.setLevel(Level.OFF);
  }

  @Override
  public CompletableResultCode export(Collection<SpanData> spans) {
    CompletableResultCode sent = exporter.export(spans);
    return sent.whenComplete(() -> told(sent.isSuccess()));
  }

  @Override
  public CompletableResultCode flush() {
    return exporter.flush();
  }

  @Override
  public CompletableResultCode shutdown() {
    return exporter.shutdown();
  }

  private void told(boolean success) {
    if (lost.compareAndSet(success, !success)) {
      if (success) {
        LOG.info("tracing: the collector takes spans again: {}", url);
      } else {
        LOG.warn("tracing: the collector takes no spans, which are dropped: {}", url);
      }
    }
  }
}
