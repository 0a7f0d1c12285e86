package com.visiquate.ccproxy.dialect.responses;

import com.visiquate.ccproxy.dialect.Field;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The fields, items and tools that a request has in vain; bounded, because clients name them. */
final class Dropped {
  private static final int MOST = 32;
  private static final int LONGEST = 64;

  /** Read, or without any effect on an answer from here. */
  private static final Set<String> KNOWN =
      Set.of(
          "model",
          "input",
          "instructions",
          "tools",
          "tool_choice",
          "parallel_tool_calls",
          "max_output_tokens",
          "temperature",
          "top_p",
          "top_logprobs",
          "reasoning",
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
