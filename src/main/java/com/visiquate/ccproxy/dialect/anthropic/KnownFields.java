package com.visiquate.ccproxy.dialect.anthropic;

import java.util.Set;

/** The members of a body that are read here, or have no effect on an answer from here. */
final class KnownFields {
  static final Set<String> ALL =
      Set.of(
          "model",
          "disable_fallbacks",
          "messages",
          "max_tokens",
          "system",
          "stream",
          "stop_sequences",
          "temperature",
          "top_p",
          "top_k",
          "output_config",
          "output_format",
          "tools",
          "tool_choice",
          "metadata",
          "thread",
          "compaction",
          "cache_control",
          "context_management",
          "service_tier",
          "inference_geo",
          "speed",
          "diagnostics",
          "betas",
          "anthropic_beta",
          "anthropic_version",
          "user_profile_id",
          "workspace_id");

  private KnownFields() {}
}
