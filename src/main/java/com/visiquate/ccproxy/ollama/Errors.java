package com.visiquate.ccproxy.ollama;

import com.fasterxml.jackson.databind.JsonNode;
import com.visiquate.ccproxy.chat.Failure;
import com.visiquate.ccproxy.fleet.ModelSpec;
import java.io.IOException;
import java.util.Optional;
import java.util.regex.Pattern;

/** Puts Ollama's errors into the house's words; what Ollama said goes only into the detail. */
public final class Errors {
  private static final Pattern GENERATED =
      Pattern.compile("raw='.*',\\s*err=", Pattern.DOTALL | Pattern.CASE_INSENSITIVE);
  private static final Pattern ADDRESS =
      Pattern.compile(
          "\\w+://\\S+|\\b\\d{1,3}(\\.\\d{1,3}){3}(:\\d+)?\\b|\\blocalhost(:\\d+)?\\b"
              + "|\\[[0-9a-fA-F:]+](:\\d+)?|[\\w.-]+:\\d{4,5}\\b"
              + "|registry\\.ollama\\.ai/library/");
  private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{Cntrl}]+");
  private static final int LONGEST_MESSAGE = 200;
  private static final int LONGEST_DETAIL = 500;

  private Errors() {}

  /** The meaning of a status and body that came instead of an answer. */
  public static Failure refused(int status, byte[] body, ModelSpec model) {
    Optional<Failure> fault = ModelFault.of(text(error(body)));
    if (fault.isPresent()) {
      return fault.get().withDetail("%d: %s".formatted(status, detail(text(error(body)))));
    }
    JsonNode error = error(body);
    String text = text(error);
    String detail = "%d: %s".formatted(status, detail(text));
    return Overflows.find(error, text, model.context())
        .orElseGet(() -> refused(status, error.path("type").asText(), text, model))
        .withDetail(detail);
  }

  /**
   * Whether the answer was cut by its limit inside a tool call: the newer line, whose native models
   * parse their calls only at the end, has an error for it.
   */
  public static boolean isCutCall(byte[] body) {
    return isCutCall(text(error(body)));
  }

  static boolean isCutCall(String text) {
    return text.contains("invalid tool call arguments")
        && text.contains("unexpected end of JSON input");
  }

  /** An error that came as a line of a running answer. */
  static Failure midway(String text) {
    return RequestFault.of("", text) == RequestFault.NONE
        ? Failure.of(
            Failure.Kind.BACKEND_ERROR,
            "The model server failed in the middle of its answer; please try again.",
            detail(text))
        : wrong(RequestFault.of("", text), text).withDetail(detail(text));
  }

  private static Failure refused(int status, String type, String text, ModelSpec model) {
    // Whoever was started without embeddings says so with a status of its own.
    if (text.contains("does not support embeddings")) {
      return Failure.invalid(
          "The model %s does not support embeddings; choose an embedding model."
              .formatted(model.name()),
          "model",
          "embeddings_unsupported");
    }
    RequestFault fault = RequestFault.of(type, text);
    return switch (status) {
      case 404 -> text.contains("not found") ? lacks(model) : failed();
      case 503 ->
          Failure.of(Failure.Kind.BACKEND_ERROR, "The model server is busy; please try again.");
      case 400 -> invalid(fault, text, model);
      default -> fault == RequestFault.NONE ? failed() : invalid(fault, text, model);
    };
  }

  /** Another Ollama may have it; when none does, it is as if there were no such model. */
  private static Failure lacks(ModelSpec model) {
    return new Failure(
        Failure.Kind.UNKNOWN_MODEL,
        "model '%s' not found: the server that was to run it does not have it; choose another one,"
                .formatted(model.name())
            + " or ask the operator to pull it.",
        "",
        "model",
        "model_not_found",
        null,
        null);
  }

  private static Failure invalid(RequestFault fault, String text, ModelSpec model) {
    if (text.contains("does not support tools")) {
      return unsupported(model, "tools", "tools");
    }
    if (text.contains("does not support insert")) {
      return unsupported(model, "a suffix", "suffix");
    }
    if (text.contains("does not support thinking")) {
      return unsupported(model, "thinking", "reasoning_effort");
    }
    if (text.contains("does not support multimodal")) {
      return unsupported(model, "images", "messages");
    }
    if (text.contains("does not support")) {
      return unsupported(model, "this kind of request", "model");
    }
    return wrong(fault, text);
  }

  private static Failure unsupported(ModelSpec model, String what, String param) {
    String message = "The model %s does not support %s.".formatted(model.name(), what);
    return Failure.invalid(message, param, "unsupported_value");
  }

  /** With Ollama's own words: nobody else knows what it dislikes. */
  private static Failure wrong(RequestFault fault, String text) {
    String why = clean(text);
    String end = why.isEmpty() ? "." : ": " + why;
    return switch (fault) {
      case ATTACHMENT ->
          Failure.invalid(
              "The model server cannot read an image or attachment of the request" + end,
              "messages",
              "invalid_value");
      case FORMAT ->
          Failure.invalid(
              "The model server cannot follow the JSON schema of the answer's format" + end,
              "response_format",
              "unsupported_value");
      case OTHER, NONE -> Failure.invalid("The model server refused the request" + end, null, null);
    };
  }

  private static Failure failed() {
    return Failure.of(
        Failure.Kind.BACKEND_ERROR, "The model server failed before it answered; try again.");
  }

  /** The value of {@code error}; a llama-server's body inside it is unfolded. */
  private static JsonNode error(byte[] body) {
    try {
      JsonNode error = Json.MAPPER.readTree(body).path("error");
      String text = error.asText();
      return text.startsWith("{") ? Json.MAPPER.readTree(text).path("error") : error;
    } catch (IOException notJson) {
      return Json.MAPPER.getNodeFactory().missingNode();
    }
  }

  private static String text(JsonNode error) {
    return error.isObject() ? error.path("message").asText("") : error.asText("");
  }

  /** For the log: short, and without what the model generated. */
  private static String detail(String text) {
    return cut(GENERATED.matcher(text).replaceAll("raw=…, err="), LONGEST_DETAIL);
  }

  private static String clean(String text) {
    String bare = ADDRESS.matcher(detail(text)).replaceAll("");
    return cut(UNPRINTABLE.matcher(bare).replaceAll(" ").strip(), LONGEST_MESSAGE);
  }

  private static String cut(String text, int most) {
    return text.length() <= most ? text : text.substring(0, most) + "…";
  }
}
