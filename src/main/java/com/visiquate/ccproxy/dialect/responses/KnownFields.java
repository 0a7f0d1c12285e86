package com.visiquate.ccproxy.dialect.responses;

import java.util.Set;

/** The members of a body that are read here, or have no effect on an answer from here. */
final class KnownFields {
  static final Set<String> ALL =
      Set.of(
          "model",
          "disable_fallbacks",
          "input",
          "instructions",
          "tools",
          "tool_choice",
          "parallel_tool_calls",
          "max_output_tokens",
          "temperature",
          "top_p",
          "top_logprobs",
          "text",
          "include",
          "store",
          "stream",
          "stream_options",
          "previous_response_id",
          "truncation",
          "background",
          "metadata",
          "user",
          "safety_identifier",
          "prompt_cache_key",
          "prompt_cache_retention",
          "prompt_cache_options",
          "service_tier",
          "client_metadata");

  private KnownFields() {}
}
