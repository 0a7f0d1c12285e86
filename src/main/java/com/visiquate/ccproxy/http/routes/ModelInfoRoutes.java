package com.visiquate.ccproxy.http.routes;

import com.visiquate.ccproxy.dialect.ByteSink;
import com.visiquate.ccproxy.fleet.AccessKey;
import com.visiquate.ccproxy.fleet.BackendId;
import com.visiquate.ccproxy.fleet.BackendStatus;
import com.visiquate.ccproxy.fleet.InstalledModel;
import com.visiquate.ccproxy.fleet.ModelSpec;
import com.visiquate.ccproxy.http.ingress.Services;
import com.visiquate.ccproxy.http.intake.Gate;
import com.visiquate.ccproxy.http.reply.HttpReply;
import com.visiquate.ccproxy.http.reply.Paths;
import com.visiquate.ccproxy.http.view.FleetView;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What LiteLLM's dashboards ask for: a row for each name and each backend that it leads to, in
 * LiteLLM's words and without addresses.
 */
public final class ModelInfoRoutes {
  private static final String PROVIDER = "ollama_chat/";
  private final Services services;
  private final Gate gate;

  public ModelInfoRoutes(Services services, Gate gate) {
    this.services = services;
    this.gate = gate;
  }

  public void mount(SmallRoutes routes) {
    Paths.PREFIXES.forEach(prefix -> routes.read(prefix + "/model/info", this::list));
  }

  /**
   * One row: where one name leads.
   *
   * @param shared whether others share the name
   */
  private record Row(String name, ModelSpec model, BackendId backend, boolean shared) {
    /** The same for the same name, model and backend, after every start. */
    String id() {
      byte[] both =
          (name + (shared ? "\n" + model.name() : "") + "\n" + backend)
              .getBytes(StandardCharsets.UTF_8);
      return UUID.nameUUIDFromBytes(both).toString();
    }
  }

  private void list(RoutingContext context) {
    AccessKey key = gate.key(context.request());
    String wanted = context.request().getParam("litellm_model_id");
    ByteSink out = new ByteSink();
    String separator = "{\"data\":[";
    for (Row row : rows(key, wanted)) {
      write(row, out.raw(separator));
      separator = ",";
    }
    out.raw(separator.equals(",") ? "]}" : separator + "]}");
    SmallRoutes.send(context, 200, HttpReply.JSON, Buffer.buffer(out.take()));
  }

  private List<Row> rows(@Nullable AccessKey key, @Nullable String wanted) {
    FleetView fleet = services.fleet();
    return fleet.plan().catalogue().names().stream()
        .filter(name -> key == null || fleet.allows(key, name))
        .flatMap(name -> rows(name, fleet.plan().catalogue().models(name)))
        .filter(row -> key == null || key.allows(row.model().name()))
        .filter(row -> wanted == null || wanted.equals(row.id()))
        .toList();
  }

  private static Stream<Row> rows(String name, List<ModelSpec> models) {
    boolean shared = models.size() > 1;
    return models.stream()
        .flatMap(
            model ->
                model.backends().stream().map(backend -> new Row(name, model, backend, shared)));
  }

  private void write(Row row, ByteSink out) {
    String ollama = PROVIDER + row.model.ollama();
    out.raw("{\"model_name\":").json(row.name);
    out.raw(",\"litellm_params\":{\"model\":").json(ollama);
    out.raw("},\"model_info\":{\"id\":").json(row.id()).raw(",\"db_model\":false,\"key\":");
    out.json(ollama).raw(",\"backend\":").json(row.backend.value());
    for (String bound : List.of("max_tokens", "max_input_tokens", "max_output_tokens")) {
      out.raw(",\"%s\":".formatted(bound)).number(row.model.context());
    }
    out.raw(",\"input_cost_per_token\":0,\"output_cost_per_token\":0");
    out.raw(",\"litellm_provider\":\"ollama\",\"mode\":\"chat\"");
    capability(row, "tools", ",\"supports_function_calling\":", out);
    capability(row, "vision", ",\"supports_vision\":", out);
    out.raw("}}");
  }

  /** What nobody has said of a model is not claimed. */
  private void capability(Row row, String capability, String key, ByteSink out) {
    installed(row)
        .filter(model -> !model.capabilities().isEmpty())
        .ifPresent(model -> out.raw(key).raw(Boolean.toString(model.can(capability))));
  }

  private Optional<InstalledModel> installed(Row row) {
    BackendStatus status = services.fleet().statuses().get(row.backend);
    return Optional.ofNullable(status).stream()
        .flatMap(known -> known.installed().stream())
        .filter(model -> row.model.isCalled(model.ollama()))
        .findFirst();
  }
}
