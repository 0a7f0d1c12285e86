package com.visiquate.ccproxy.tracing;

import com.visiquate.ccproxy.bus.ExchangeEnded;
import com.visiquate.ccproxy.bus.ExchangeEnded.Operation;
import com.visiquate.ccproxy.chat.Counts;
import com.visiquate.ccproxy.fleet.FleetPlan;
import com.visiquate.ccproxy.fleet.Label;
import com.visiquate.ccproxy.fleet.ModelSpec;
import com.visiquate.ccproxy.fleet.Placement;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;

/**
 * What is told of the call to Ollama: OpenTelemetry's conventions for generative AI as of version
 * 1.41.0, which are not stable yet, so that later ones are not followed by themselves.
 */
final class CallAttributes {
  private static final int HTTP_PORT = 80;
  private static final int HTTPS_PORT = 443;

  private CallAttributes() {}

  static String operation(ExchangeEnded end) {
    Operation operation = end.asked().operation();
    return switch (operation == null ? Operation.CHAT : operation) {
      case CHAT -> "chat";
      case GENERATE -> "text_completion";
      case EMBED -> "embeddings";
    };
  }

  static Map<String, Object> of(ExchangeEnded end, Placement placement, FleetPlan plan) {
    Map<String, Object> told = new HashMap<>();
    told.put("gen_ai.operation.name", operation(end));
    told.put("gen_ai.provider.name", "ollama");
    told.put("gen_ai.request.model", placement.model().value());
    plan.catalogue()
        .model(placement.model())
        .map(ModelSpec::ollama)
        .ifPresent(name -> told.put("gen_ai.response.model", name));
    String conversation = end.asked().conversation().id();
    if (conversation != null) {
      told.put("gen_ai.conversation.id", conversation);
    }
    String error = Spans.error(end);
    if (!error.isEmpty()) {
      told.put("error.type", error);
    }
    used(end, told);
    where(placement, plan, told);
    return told;
  }

  private static void used(ExchangeEnded end, Map<String, Object> told) {
    Counts counts = end.counts();
    if (!counts.equals(Counts.NONE)) {
      told.put("gen_ai.usage.input_tokens", (long) counts.promptTokens());
      told.put("gen_ai.usage.cache_read.input_tokens", (long) counts.cachedTokens());
      told.put("gen_ai.usage.output_tokens", (long) counts.outputTokens());
    }
    if (!end.contents().finishes().isEmpty()) {
      told.put(
          "gen_ai.response.finish_reasons",
          end.contents().finishes().stream().map(Label::of).toList());
    }
  }

  private static void where(Placement placement, FleetPlan plan, Map<String, Object> told) {
    told.put("ccproxy.backend", placement.backend().value());
    told.put("ccproxy.attempts", (long) placement.attempt());
    if (placement.insteadOf() != null) {
      told.put("ccproxy.instead_of", placement.insteadOf().value());
    }
    plan.backend(placement.backend()).ifPresent(backend -> address(backend.url(), told));
  }

  private static void address(URI url, Map<String, Object> told) {
    told.put("server.address", url.getHost());
    int usual = "https".equals(url.getScheme()) ? HTTPS_PORT : HTTP_PORT;
    told.put("server.port", (long) (url.getPort() < 0 ? usual : url.getPort()));
  }
}
