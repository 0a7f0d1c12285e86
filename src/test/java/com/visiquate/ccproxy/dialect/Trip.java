package com.visiquate.ccproxy.dialect;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.visiquate.ccproxy.chat.ChatEvent;
import com.visiquate.ccproxy.chat.Failure;
import com.visiquate.ccproxy.fleet.BackendId;
import com.visiquate.ccproxy.fleet.InstalledModel;
import com.visiquate.ccproxy.fleet.ModelName;
import com.visiquate.ccproxy.fleet.ModelSpec;
import com.visiquate.ccproxy.ollama.ChatBody;
import com.visiquate.ccproxy.ollama.ReplyReader;
import com.visiquate.ccproxy.ollama.RequestBody;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A request through one dialect without any network: to an Ollama that can do all, and back. */
public final class Trip {
  public static final ModelSpec MODEL =
      new ModelSpec(
          new ModelName("m"), "q:1", 32768, List.of(new BackendId("a")), true, "-1", Map.of());
  private static final Identity IDENTITY = new Identity("0123456789abcdef", 1_790_000_000, "m");
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final InstalledModel INSTALLED =
      new InstalledModel(
          "q:1", "d1", Set.of("completion", "tools", "thinking", "vision", "insert"));

  private final Dialect dialect;
  private final Decoded decoded;

  public Trip(Dialect dialect, String body) {
    this.dialect = dialect;
    decoded = dialect.decode(body.getBytes(UTF_8));
  }

  public Decoded.Understood understood() {
    if (decoded instanceof Decoded.Misunderstood not) {
      throw new AssertionError(not.failure().message() + " at " + not.failure().param());
    }
    return (Decoded.Understood) decoded;
  }

  /** Why it was refused. */
  public Failure refusal() {
    return ((Decoded.Misunderstood) decoded).failure();
  }

  /** What Ollama gets. */
  public JsonNode asked() {
    var encoded = RequestBody.encode(MODEL, INSTALLED, understood().parts().getFirst());
    return tree(new String(((ChatBody.Encoded.Body) encoded).bytes(), UTF_8));
  }

  /** What the client gets when Ollama says these messages and ends. */
  public String answered(String... messages) {
    StringBuilder reply = new StringBuilder();
    for (String message : messages) {
      reply.append("{\"message\":").append(message).append(",\"done\":false}\n");
    }
    return replied(reply.append("{\"done\":true,\"done_reason\":\"stop\"}\n").toString());
  }

  /** What the client gets when Ollama sends these lines. */
  public String replied(String lines) {
    Answer answer = dialect.answer(understood(), IDENTITY);
    ReplyReader reader = new ReplyReader(understood().parts().getFirst());
    ByteSink out = new ByteSink();
    for (ChatEvent event : reader.read(lines.getBytes(UTF_8))) {
      answer.said(event, out);
    }
    if (reader.end() instanceof ReplyReader.End.Broken broken) {
      answer.broke(broken.failure(), out);
    }
    return new String(out.take(), UTF_8);
  }

  /** A message of Ollama that says this text. */
  public static String saying(String text) {
    return JSON.createObjectNode().put("role", "assistant").put("content", text).toString();
  }

  public static JsonNode tree(String json) {
    try {
      return JSON.readTree(json);
    } catch (JsonProcessingException malformed) {
      throw new AssertionError(malformed);
    }
  }
}
