package com.visiquate.ccproxy.dialect.openai;

import java.util.Set;

/** The members of a body that are read here, or have no effect on an answer from here. */
final class KnownFields {
  static final Set<String> ALL =
      Set.of(
          "model",
          "disable_fallbacks",
          "messages",
          "tools",
          "tool_choice",
          "parallel_tool_calls",
          "functions",
          "function_call",
          "max_tokens",
          "max_completion_tokens",
          "temperature",
          "top_p",
          "top_k",
          "seed",
          "stop",
          "frequency_penalty",
          "presence_penalty",
          "n",
          "modalities",
          "stream",
          "stream_options",
          "response_format",
          "logprobs",
          "top_logprobs",
          "metadata",
          "store",
          "user",
          "safety_identifier",
          "prompt_cache_key",
          "prompt_cache_retention",
          "prompt_cache_options",
          "service_tier");

  private KnownFields() {}
}
