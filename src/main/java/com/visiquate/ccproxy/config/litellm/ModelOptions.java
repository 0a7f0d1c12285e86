package com.visiquate.ccproxy.config.litellm;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** The options of Ollama that an entry gives its model, by Ollama's names. */
final class ModelOptions {
  private static final Map<String, String> OTHER_NAMES =
      Map.of("max_tokens", "num_predict", "max_completion_tokens", "num_predict");
  private static final Stream<String> SAME_NAMES =
      Stream.of(
          "num_predict num_keep num_batch num_gpu main_gpu num_thread use_mmap seed temperature",
          "top_k top_p min_p typical_p stop repeat_last_n repeat_penalty presence_penalty",
          "frequency_penalty mirostat mirostat_eta mirostat_tau");
  private static final Map<String, String> OPTIONS = names();

  private ModelOptions() {}

  /** The value of one option: its text to compare, and as it is written. */
  record Option(String text, Node node) {}

  static Map<String, Option> read(Block params) {
    Map<String, Option> options = new TreeMap<>();
    for (Entry entry : params.entries()) {
      String key = entry.path().substring(params.path().length() + 1);
      Thinking.of(key, entry).ifPresent(option -> options.putIfAbsent(Thinking.OPTION, option));
      String name = OPTIONS.get(key);
      if (name != null && !entry.isEmpty()) {
        entry.used("models[].options." + name);
        option(name, entry).ifPresent(option -> options.putIfAbsent(name, option));
      }
    }
    return options;
  }

  private static Optional<Option> option(String name, Entry entry) {
    if (entry.node() instanceof SequenceNode) {
      List<String> texts =
          entry.elements().stream().flatMap(one -> one.value().stream()).map(Value::text).toList();
      List<Node> nodes =
          texts.stream().map(text -> Draft.text(Value.escaped(text), entry.mark())).toList();
      return Optional.of(new Option(texts.toString(), Draft.list(nodes, entry.mark())));
    }
    return entry.value().map(value -> single(name, value, entry));
  }

  /** Ollama wants a list of stops, even of one. */
  private static Option single(String name, Value value, Entry entry) {
    if (!name.equals("stop")) {
      return new Option(value.text(), Draft.plain(value.text(), entry.mark()));
    }
    Node one = Draft.text(value.reference(), entry.mark());
    return new Option("[" + value.text() + "]", Draft.list(List.of(one), entry.mark()));
  }

  private static Map<String, String> names() {
    Map<String, String> options = new TreeMap<>(OTHER_NAMES);
    SAME_NAMES
        .flatMap(names -> Stream.of(names.split(" ", -1)))
        .forEach(name -> options.put(name, name));
    return Map.copyOf(options);
  }
}
