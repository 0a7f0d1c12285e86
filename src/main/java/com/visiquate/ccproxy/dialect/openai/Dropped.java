package com.visiquate.ccproxy.dialect.openai;

import com.visiquate.ccproxy.dialect.Field;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The fields that a request has in vain; bounded, because clients choose their names. */
final class Dropped {
  private static final int MOST = 32;
  private static final int LONGEST = 64;

  /** Read, or without any effect on an answer. */
  private static final Set<String> KNOWN =
      Set.of(
          "model",
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
          "reasoning_effort",
          "reasoning",
          "think",
          "chat_template_kwargs",
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

  private final Set<String> names = new LinkedHashSet<>();

  void add(String name) {
    if (names.size() < MOST) {
      names.add(name.length() <= LONGEST ? name : name.substring(0, LONGEST));
    }
  }

  void addIf(boolean condition, String name) {
    if (condition) {
      add(name);
    }
  }

  /** Every member of the body that nobody reads and that is not null. */
  void addUnknown(Field body) {
    body.names().stream()
        .filter(name -> !KNOWN.contains(name) && !body.at(name).isAbsent())
        .forEach(this::add);
  }

  List<String> names() {
    return List.copyOf(names);
  }
}
