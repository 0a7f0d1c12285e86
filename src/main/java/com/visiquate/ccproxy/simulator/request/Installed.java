package com.visiquate.ccproxy.simulator.request;

import com.visiquate.ccproxy.simulator.model.Capability;
import com.visiquate.ccproxy.simulator.model.SimulatedModel;
import com.visiquate.ccproxy.simulator.wire.RefusedException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** The models of a server by name, and what is refused about names and abilities. */
public final class Installed {
  private static final Pattern NAME =
      Pattern.compile("([\\w.-]+(:\\d+)?/)?([\\w-]+/)?[\\w.-]+(:[\\w.-]+)?");
  private final Map<String, SimulatedModel> models = new LinkedHashMap<>();

  public Installed(List<SimulatedModel> installed) {
    installed.forEach(model -> models.put(model.name().toLowerCase(Locale.ROOT), model));
  }

  public List<SimulatedModel> all() {
    return List.copyOf(models.values());
  }

  /** The model of this name; what is missing is said in the endpoint's own words. */
  public SimulatedModel named(String name, String missing) {
    String full = SimulatedModel.withTag(name.toLowerCase(Locale.ROOT));
    if (full.endsWith(":cloud") || full.endsWith("-cloud")) {
      throw RefusedException.error(403, "ollama cloud is disabled: remote model is unavailable");
    }
    if (!name.isEmpty() && !NAME.matcher(name).matches()) {
      throw RefusedException.error(400, "invalid model name");
    }
    SimulatedModel model = models.get(full);
    if (model == null) {
      throw RefusedException.error(404, missing.formatted(name));
    }
    return model;
  }

  /** For chat and generate. */
  public SimulatedModel forAnswers(Ask ask) {
    if (ask.chat() && ask.model().isEmpty()) {
      throw RefusedException.error(400, "model is required");
    }
    SimulatedModel model = named(ask.model(), "model '%s' not found");
    if (!model.can(Capability.COMPLETION)) {
      String what = ask.chat() ? "chat" : "generate";
      throw RefusedException.error(400, "\"" + ask.model() + "\" does not support " + what);
    }
    boolean asked = ask.body().hasNonNull("think") && ask.thinking();
    if (asked && !model.can(Capability.THINKING)) {
      throw RefusedException.error(400, "\"" + ask.model() + "\" does not support thinking");
    }
    if (!ask.tools().isEmpty()) {
      need(model, Capability.TOOLS);
    }
    if (!ask.chat() && !ask.body().path("suffix").asText("").isEmpty()) {
      need(model, Capability.INSERT);
    }
    return model;
  }

  private static void need(SimulatedModel model, Capability capability) {
    if (!model.can(capability)) {
      String full = "registry.ollama.ai/library/" + model.name();
      throw RefusedException.error(400, full + " does not support " + capability.word());
    }
  }
}
