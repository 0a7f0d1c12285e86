package com.visiquate.ccproxy.dialect.ollama;

import com.visiquate.ccproxy.dialect.ByteSink;
import com.visiquate.ccproxy.fleet.LoadedModel;
import com.visiquate.ccproxy.fleet.ModelCard;
import java.util.Collection;
import java.util.List;

/** The bodies of {@code GET /api/tags}, {@code /api/ps}, {@code /api/version}. */
public final class Listings {
  /** Go's word for a time that nobody knows; clients written in Go read nothing else as a time. */
  private static final String NEVER = "0001-01-01T00:00:00Z";

  private Listings() {}

  /** A model in memory, under the name by which clients know it. */
  public record Running(ServedModel model, LoadedModel loaded) {}

  public static byte[] version(String version) {
    return new ByteSink().raw("{\"version\":").json(version).raw("}").take();
  }

  public static byte[] tags(List<ServedModel> models) {
    return list(models, Listings::tag);
  }

  public static byte[] running(List<Running> models) {
    return list(models, Listings::process);
  }

  /** Writes one of a list. */
  @FunctionalInterface
  private interface Entry<T> {
    void write(T model, ByteSink out);
  }

  private static <T> byte[] list(List<T> models, Entry<T> entry) {
    ByteSink out = new ByteSink().raw("{\"models\":[");
    for (int i = 0; i < models.size(); i++) {
      entry.write(models.get(i), out.raw(i == 0 ? "" : ","));
    }
    return out.raw("]}").take();
  }

  private static void tag(ServedModel model, ByteSink out) {
    named(model, out).raw(",\"modified_at\":").json(modified(model));
    out.raw(",\"size\":").number(model.installed().card().size());
    what(model, out);
    words(",\"capabilities\":[", model.capabilities().stream().sorted().toList(), out);
    out.raw("}");
  }

  private static void process(Running running, ByteSink out) {
    LoadedModel loaded = running.loaded();
    named(running.model(), out).raw(",\"size\":").number(loaded.size());
    what(running.model(), out);
    String expires = loaded.expiresAt().isEmpty() ? NEVER : loaded.expiresAt();
    out.raw(",\"expires_at\":").json(expires);
    out.raw(",\"size_vram\":").number(loaded.graphicsMemory());
    int context = loaded.context() > 0 ? loaded.context() : running.model().context();
    out.raw(",\"context_length\":").number(context).raw("}");
  }

  private static ByteSink named(ServedModel model, ByteSink out) {
    return out.raw("{\"name\":").json(model.name()).raw(",\"model\":").json(model.name());
  }

  private static void what(ServedModel model, ByteSink out) {
    out.raw(",\"digest\":").json(model.digest()).raw(",\"details\":");
    details(model, out);
  }

  static String modified(ServedModel model) {
    String told = model.installed().card().modifiedAt();
    return told.isEmpty() ? NEVER : told;
  }

  static void details(ServedModel model, ByteSink out) {
    ModelCard.Details details = model.installed().card().details();
    // The parent is a path on the machine of that Ollama, which is nobody's business.
    out.raw("{\"parent_model\":\"\",\"format\":").json(details.format());
    out.raw(",\"family\":").json(details.family());
    words(",\"families\":[", details.families(), out);
    out.raw(",\"parameter_size\":").json(details.parameterSize());
    out.raw(",\"quantization_level\":").json(details.quantization());
    out.raw(",\"context_length\":").number(model.context()).raw("}");
  }

  static void words(String opening, Collection<String> words, ByteSink out) {
    out.raw(opening);
    String separator = "";
    for (String word : words) {
      out.raw(separator).json(word);
      separator = ",";
    }
    out.raw("]");
  }
}
