package com.visiquate.ccproxy.dialect.anthropic;

import com.visiquate.ccproxy.dialect.Field;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What a request holds in vain; bounded, because clients choose the names. */
final class Dropped {
  private static final int MOST = 32;
  private static final int LONGEST = 64;

  /** Read, or without any effect on an answer from here. */
  private static final Set<String> KNOWN =
      Set.of(
          "model",
          "messages",
          "max_tokens",
          "system",
          "stream",
          "stop_sequences",
          "temperature",
          "top_p",
          "top_k",
          "thinking",
          "output_config",
          "output_format",
          "tools",
          "tool_choice",
          "metadata",
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

  private final Set<String> names = new LinkedHashSet<>();

  void add(String name) {
    if (names.size() < MOST) {
      names.add(name.length() <= LONGEST ? name : name.substring(0, LONGEST));
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
