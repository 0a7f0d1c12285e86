package com.visiquate.ccproxy.dialect;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.visiquate.ccproxy.dialect.anthropic.Messages;
import com.visiquate.ccproxy.dialect.completions.Completions;
import com.visiquate.ccproxy.dialect.embeddings.Embeddings;
import com.visiquate.ccproxy.dialect.ollama.NativeEndpoints;
import com.visiquate.ccproxy.dialect.openai.OpenAiChat;
import com.visiquate.ccproxy.dialect.responses.Compaction;
import com.visiquate.ccproxy.dialect.responses.Responses;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What whole answers say before they say anything. */
final class BlanksTest {
  private static final String TALK =
      "\"max_tokens\":9,\"stream\":false,\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]";
  private static final String INPUT = "\"input\":\"Hi\"";
  private static final String PROMPT = "\"stream\":false,\"prompt\":\"Hi\"";

  private static final Map<Dialect, String> WHOLE =
      Map.of(
          new OpenAiChat(),
          TALK,
          new Completions(),
          PROMPT,
          new Embeddings(),
          INPUT,
          new Messages(),
          TALK,
          new Responses(),
          INPUT,
          new Compaction(Recall.NOTHING),
          INPUT,
          NativeEndpoints.CHAT,
          TALK,
          NativeEndpoints.GENERATE,
          PROMPT,
          NativeEndpoints.EMBED,
          INPUT,
          NativeEndpoints.EMBEDDINGS,
          PROMPT);

  /** A line end would be a line of its own to those who read lines. */
  @Test
  void areTheSignsOfLifeOfEveryWholeAnswer() {
    WHOLE.forEach(
        (dialect, body) -> {
          byte[] bytes = ("{\"model\":\"m\"," + body + "}").getBytes(UTF_8);
          Decoded.Understood asked = (Decoded.Understood) dialect.decode(bytes);
          ByteSink out = new ByteSink();
          dialect.answer(asked, new Identity("x", 0, "m")).heartbeat(out);
          assertThat(out.take()).as(dialect.toString()).isEqualTo(new byte[] {' '});
        });
  }
}
