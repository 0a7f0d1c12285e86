package com.visiquate.ccproxy.dialect.ollama;

import com.visiquate.ccproxy.chat.Failure;
import com.visiquate.ccproxy.dialect.BadField;
import com.visiquate.ccproxy.dialect.ByteSink;
import com.visiquate.ccproxy.dialect.Field;
import java.util.LinkedHashMap;
import java.util.Map;

/** {@code POST /api/show}: which model is asked about, and what is told of it. */
public final class ShowBody {
  private static final String ARCHITECTURE = "general.architecture";

  /** Some clients call every model by this fact, so it is the name that they asked for. */
  private static final String DISPLAY_NAME = "general.basename";

  private static final String WINDOW = ".context_length";

  /** Which model a body asks about, or what is wrong with it. */
  public sealed interface Question {
    record About(String model) implements Question {}

    record Wrong(Failure failure) implements Question {}
  }

  private ShowBody() {}

  /** Never throws. */
  public static Question read(byte[] body) {
    try {
      Field question = Field.parse(body);
      Field model = question.at("model");
      String said = model.text("");
      // The older field; clients that know both send the newer one empty.
      String name = said.isBlank() ? question.at("name").text("") : said;
      if (name.isBlank()) {
        throw model.invalid("model is required");
      }
      return new Question.About(name);
    } catch (BadField bad) {
      return new Question.Wrong(bad.failure());
    }
  }

  public static byte[] of(ServedModel model) {
    String window = "num_ctx                        %d".formatted(model.context());
    String file = "FROM %s\nPARAMETER num_ctx %d\n".formatted(model.name(), model.context());
    ByteSink out = new ByteSink(4096).raw("{\"modelfile\":").json(file);
    out.raw(",\"parameters\":").json(window);
    out.raw(",\"template\":").json(model.installed().card().template());
    out.raw(",\"details\":");
    Listings.details(model, out);
    out.raw(",\"model_info\":");
    info(model, out);
    Listings.words(",\"capabilities\":[", model.capabilities().stream().sorted().toList(), out);
    return out.raw(",\"modified_at\":").json(Listings.modified(model)).raw("}").take();
  }

  private static void info(ServedModel model, ByteSink out) {
    String separator = "{";
    for (Map.Entry<String, Object> fact : facts(model).entrySet()) {
      out.raw(separator).json(fact.getKey()).raw(":");
      if (fact.getValue() instanceof String text) {
        out.json(text);
      } else {
        out.raw(fact.getValue().toString());
      }
      separator = ",";
    }
    out.raw("}");
  }

  /** The window is that of the gateway: nobody gets the one that the model was made for. */
  private static Map<String, Object> facts(ServedModel model) {
    Map<String, Object> facts = new LinkedHashMap<>();
    Object told = model.installed().card().info().get(ARCHITECTURE);
    String family = model.installed().card().details().family();
    String architecture =
        told instanceof String text ? text : family.isEmpty() ? "unknown" : family;
    facts.put(ARCHITECTURE, architecture);
    facts.put(DISPLAY_NAME, model.name());
    facts.put(architecture + WINDOW, model.context());
    model.installed().card().info().forEach(facts::putIfAbsent);
    facts.replaceAll((name, value) -> name.endsWith(WINDOW) ? (Object) model.context() : value);
    return facts;
  }
}
