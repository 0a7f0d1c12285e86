package com.visiquate.ccproxy.endtoend;

import com.visiquate.ccproxy.config.Config;
import com.visiquate.ccproxy.config.Loaded.Invalid;
import com.visiquate.ccproxy.config.Loaded.Valid;
import com.visiquate.ccproxy.config.Settings;
import com.visiquate.ccproxy.simulator.model.Capability;
import com.visiquate.ccproxy.simulator.model.Profile;
import com.visiquate.ccproxy.simulator.model.SimulatedModel;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What a {@link Stack} is made of: an Ollama for each profile, called b0, b1 and so on, and a
 * configuration that knows them; each model is on all of them.
 *
 * @param models their names, the same for clients and for Ollama
 * @param keys further ones of each model
 * @param server keys of that section
 * @param more further sections
 */
record Recipe(
    List<Profile> profiles, List<String> models, String keys, String server, String more) {
  static final String MODEL = "m";

  /** Ollamas that take no time, with one model that can do everything. */
  static Profile instant() {
    return Profile.instant().withModels(able());
  }

  static SimulatedModel able() {
    return SimulatedModel.plain(
        MODEL, Capability.COMPLETION, Capability.TOOLS, Capability.THINKING, Capability.VISION);
  }

  static Recipe of(Profile profile) {
    return of(1, profile);
  }

  static Recipe of(int ollamas, Profile profile) {
    return new Recipe(Collections.nCopies(ollamas, profile), List.of(MODEL), "", "", "");
  }

  Recipe models(String... names) {
    return new Recipe(profiles, List.of(names), keys, server, more);
  }

  Recipe model(String each) {
    return new Recipe(profiles, models, ", " + each, server, more);
  }

  Recipe server(String settings) {
    return new Recipe(profiles, models, keys, settings + ", ", more);
  }

  Recipe with(String sections) {
    return new Recipe(profiles, models, keys, server, more + sections + "\n");
  }

  /** The configuration, when the Ollamas listen on these ports. */
  String yaml(List<Integer> ports) {
    String backends =
        IntStream.range(0, ports.size())
            .mapToObj(i -> backend(i, ports.get(i)))
            .collect(Collectors.joining());
    String entries =
        models.stream().map(name -> model(name, ports.size())).collect(Collectors.joining());
    return """
    server: {%shost: 127.0.0.1, port: 0, event-loops: 2}
    backends:
    %smodels:
    %s%s\
    """
        .formatted(server, backends, entries, more);
  }

  private String backend(int number, int port) {
    return "  - {id: b%d, url: \"http://127.0.0.1:%d\", slots: %d}\n"
        .formatted(number, port, profiles.get(number).limits().slots());
  }

  private String model(String name, int backends) {
    String ids =
        IntStream.range(0, backends).mapToObj(i -> "b" + i).collect(Collectors.joining(", "));
    return "  - {name: %1$s, ollama: %1$s, context: 4096, backends: [%2$s]%3$s}\n"
        .formatted(name, ids, keys);
  }

  static Settings settings(String yaml) {
    return switch (Config.parse("stack.yaml", yaml, Map.of())) {
      case Valid valid -> valid.settings();
      case Invalid invalid -> throw new AssertionError(invalid.problems() + "\n" + yaml);
    };
  }
}
