package com.visiquate.ccproxy.http.intake;

import com.visiquate.ccproxy.chat.ChatRequest;
import com.visiquate.ccproxy.chat.EmbedRequest;
import com.visiquate.ccproxy.chat.GenerateRequest;
import com.visiquate.ccproxy.chat.ModelRequest;
import com.visiquate.ccproxy.chat.Sampling;
import com.visiquate.ccproxy.fleet.CachePolicy;

/** Which requests have to do with the cache when their clients say nothing of it. */
final class CacheRules {
  private CacheRules() {}

  /** Whether it may share a run. */
  static boolean joins(CachePolicy policy, ModelRequest request) {
    return switch (policy.join()) {
      case NONE, WISHED -> false;
      case CERTAIN -> isCertain(request);
      case ALL -> true;
    };
  }

  /** Whether its answer may be stored, and a stored one given. */
  static boolean stores(CachePolicy policy, ModelRequest request, String route) {
    return switch (policy.store()) {
      case NONE -> false;
      case ALL -> true;
      case WISHED -> isNamed(policy, request, route);
      case CERTAIN ->
          isNamed(policy, request, route) || (isCertain(request) && !callsTools(request));
    };
  }

  private static boolean isNamed(CachePolicy policy, ModelRequest request, String route) {
    return policy.models().contains(request.model()) || policy.routes().contains(route);
  }

  private static boolean callsTools(ModelRequest request) {
    return request instanceof ChatRequest chat && !chat.offeredTools().isEmpty();
  }

  private static boolean isCertain(ModelRequest request) {
    return switch (request) {
      case EmbedRequest embed -> true;
      case ChatRequest chat -> isCertain(chat.sampling());
      case GenerateRequest generate -> isCertain(generate.sampling());
    };
  }

  private static boolean isCertain(Sampling sampling) {
    Double temperature = sampling.temperature();
    return sampling.seed() != null || (temperature != null && temperature == 0);
  }
}
