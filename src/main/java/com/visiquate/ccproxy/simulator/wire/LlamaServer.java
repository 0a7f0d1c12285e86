package com.visiquate.ccproxy.simulator.wire;

/** What the newer line's llama-server says when it refuses, as Ollama hands it on. */
public final class LlamaServer {
  public static final String NO_EMBEDDINGS =
      "This server does not support embeddings. Start it with `--embeddings`";

  private LlamaServer() {}

  /** A prompt that is longer than its window. */
  public static String tooLong(int tokens, int window) {
    String message =
        "request (%d tokens) exceeds the available context size (%d tokens), try increasing it"
            .formatted(tokens, window);
    GoJson error = refusal(message, "exceed_context_size_error");
    return error
        .number("n_prompt_tokens", tokens)
        .number("n_ctx", window)
        .close()
        .close()
        .toString();
  }

  /** An image for a model that sees nothing. */
  public static String noImages() {
    String message = "Multimodal data provided, but model does not support multimodal requests.";
    return refusal(message, "invalid_request_error").close().close().toString();
  }

  private static GoJson refusal(String message, String type) {
    GoJson json = new GoJson().open().object("error").number("code", 400);
    return json.text("message", message).text("type", type);
  }

  /** A call that the grammar of the offered tools does not allow. */
  public static String notOffered(String tool) {
    return "llama-server chat error: map[code:500 message:got exception: Unexpected empty grammar"
        + " stack after accepting piece: \n{\"name\": \""
        + tool
        + "\", (282) type:server_error]";
  }

  /** A call whose arguments have no end. */
  public static String unfinished(String tool) {
    return "llama-server returned invalid tool call arguments for "
        + GoJson.quoted(tool)
        + ": unexpected end of JSON input";
  }
}
