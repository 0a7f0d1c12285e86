package com.visiquate.ccproxy.simulator;

import static com.visiquate.ccproxy.simulator.model.Capability.COMPLETION;
import static com.visiquate.ccproxy.simulator.model.Capability.EMBEDDING;
import static com.visiquate.ccproxy.simulator.model.Capability.THINKING;
import static com.visiquate.ccproxy.simulator.model.Capability.TOOLS;

import com.visiquate.ccproxy.simulator.model.Capability;
import com.visiquate.ccproxy.simulator.model.Generation;
import com.visiquate.ccproxy.simulator.model.Profile;
import com.visiquate.ccproxy.simulator.model.SimulatedModel;
import com.visiquate.ccproxy.simulator.model.Way;
import com.visiquate.ccproxy.simulator.request.Ask;
import com.visiquate.ccproxy.simulator.speech.Script;
import com.visiquate.ccproxy.simulator.speech.Script.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** The scripted models that the recordings were made with. */
final class Recorder {
  private static final String[] FOX = {
    " the", " quick", " brown", " fox", " jumps", " over", " a", " lazy", " dog,"
  };

  private Recorder() {}

  static Profile profile() {
    return Profile.instant()
        .withModels(
            model("text"),
            model("utf8"),
            model("loop"),
            model("stopword"),
            model("json"),
            model("empty"),
            model("slow"),
            model("tool", TOOLS),
            model("tools", TOOLS),
            model("badtool", TOOLS),
            model("think", TOOLS, THINKING).withFamily("qwen3"),
            model("thinktool", TOOLS, THINKING).withFamily("qwen3"));
  }

  /** The models of the newer line's recordings: the same, and the same once more as native ones. */
  static Profile newerProfile() {
    List<SimulatedModel> models = new ArrayList<>(profile().models());
    models.add(model("coder", TOOLS).withWay(Way.PARSED));
    models.add(SimulatedModel.plain("embed", EMBEDDING).withCharactersAToken(1));
    for (SimulatedModel rendered : profile().models()) {
      models.add(0, natively(rendered));
    }
    return profile().withModels(models).withGeneration(Generation.NEWER);
  }

  private static SimulatedModel natively(SimulatedModel rendered) {
    Capability[] all = rendered.capabilities().toArray(Capability[]::new);
    return SimulatedModel.plain("n" + rendered.name(), all)
        .withFamily(rendered.card().family())
        .withCharactersAToken(1)
        .withWay(Way.NATIVE);
  }

  private static SimulatedModel model(String name, Capability... more) {
    Capability[] all = java.util.Arrays.copyOf(more, more.length + 1);
    all[more.length] = COMPLETION;
    return SimulatedModel.plain(name, all).withCharactersAToken(1);
  }

  static Optional<Script> script(Ask ask) {
    return Optional.of(
        switch (ask.model()) {
          case "utf8" ->
              Script.text("na", "ïve", " café:", " 日", "本", "語", " 🚀", " ok", " 😀", " done.")
                  .then(new Step.Silent(1));
          case "loop", "slow" -> Script.cycle(FOX);
          case "stopword" -> Script.text("one", " two", " three", " STOP", " four");
          case "json" -> Script.text("{\"answer\":", " 42", "}");
          case "empty" -> Script.of();
          case "tool", "ntool" -> tool(ask);
          case "tools", "ntools" -> tools();
          case "badtool" -> Script.of(new Step.Silent(3));
          case "nbadtool" -> Script.of(new Step.ToolCall("get_weather", "{", 20));
          case "coder" -> coder();
          case "think", "nthink" -> think(ask);
          case "thinktool", "nthinktool" -> thinkTool();
          default ->
              Script.text("Hello", " there", " how", " can", " I", " help", " you", " today?");
        });
  }

  private static Script tool(Ask ask) {
    if (ask.tools().isEmpty()) {
      return Script.text(
          "<tool_call>",
          "\n{\"name\": \"get_weather\",",
          " \"arguments\": {\"city\"",
          ": \"Paris\"}}",
          "\n</tool_call>");
    }
    return Script.of(new Step.ToolCall("get_weather", "{\"city\":\"Paris\"}"));
  }

  private static Script coder() {
    return Script.text("Let me", " look", ".")
        .then(new Step.ToolCall("get_weather", "{\"city\":\"Paris\"}", 3));
  }

  private static Script tools() {
    return Script.text("Let", " me", " check.", "\n")
        .then(
            new Step.ToolCall("get_weather", "{\"city\":\"Paris\",\"unit\":\"c\"}", 4),
            new Step.ToolCall("get_time", "{}", 2));
  }

  private static Script think(Ask ask) {
    if (!ask.thinking()) {
      return Script.text(
          // What a native model's template puts before an answer comes back as part of it.
          ask.model().equals("nthink") ? "<go:think><think>" : "<think>",
          "\nThe",
          " user",
          " greets",
          " me.",
          "\n</think>",
          "\n\nHi",
          " to",
          " you.");
    }
    return Script.of(
            new Step.Thinking("The"),
            new Step.Thinking(" user"),
            new Step.Thinking(" greets"),
            new Step.Thinking(" me."),
            new Step.Thinking("\n"),
            new Step.Silent(1))
        .then(Script.text("Hi", " to", " you."));
  }

  private static Script thinkTool() {
    Script thoughts =
        Script.of(
            new Step.Thinking("I need"),
            new Step.Thinking(" the weather"),
            new Step.Thinking("\n"),
            new Step.ToolCall("get_weather", "{\"city\":\"Oslo\"}", 4));
    return new Script(thoughts.steps(), false, "stop", OptionalInt.empty(), OptionalInt.empty());
  }
}
