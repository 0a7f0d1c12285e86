package com.visiquate.ccproxy.config.litellm;

import com.visiquate.ccproxy.config.litellm.ModelOptions.Option;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.yaml.snakeyaml.nodes.MappingNode;

/** Whether a model thinks where a request says nothing: {@code think} and its like. */
final class Thinking {
  static final String OPTION = "think";
  private static final Map<String, String> WORDS =
      Map.ofEntries(
          Map.entry("none", "false"),
          Map.entry("disable", "false"),
          Map.entry("disabled", "false"),
          Map.entry("off", "false"),
          Map.entry("false", "false"),
          Map.entry("true", "true"),
          Map.entry("enabled", "true"),
          Map.entry("adaptive", "true"),
          Map.entry("minimal", "low"),
          Map.entry("low", "low"),
          Map.entry("medium", "medium"),
          Map.entry("high", "high"),
          Map.entry("xhigh", "max"),
          Map.entry("max", "max"));

  private Thinking() {}

  static Optional<Option> of(String key, Entry entry) {
    return switch (key) {
      case "think", "reasoning_effort" -> option(entry);
      case "thinking" ->
          entry.node() instanceof MappingNode
              ? Block.of(entry).entry("type").flatMap(Thinking::option)
              : option(entry);
      default -> Optional.empty();
    };
  }

  private static Optional<Option> option(Entry entry) {
    if (entry.isEmpty()) {
      return Optional.empty();
    }
    Optional<String> said = entry.used("models[].options.think").value().map(Value::text);
    Optional<String> word = said.map(text -> WORDS.get(text.toLowerCase(Locale.ROOT)));
    if (said.isPresent() && word.isEmpty()) {
      entry.wrong("true, false, none, minimal, low, medium, high or max");
    }
    return word.map(known -> new Option(known, Draft.plain(known, entry.mark())));
  }
}
