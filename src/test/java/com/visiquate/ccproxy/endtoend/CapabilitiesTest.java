package com.visiquate.ccproxy.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.visiquate.ccproxy.simulator.model.Capability;
import com.visiquate.ccproxy.simulator.model.Generation;
import com.visiquate.ccproxy.simulator.model.SimulatedModel;
import java.io.IOException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a model can do, told by the list of models or, on the older line, by each model's own. */
@Tag("endtoend")
final class CapabilitiesTest {
  private static final String TOOLS =
      ",\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"look\",\"parameters\":{}}}]";
  private static final String THINK = ",\"reasoning_effort\":\"high\"";
  private static final String IMAGE =
      "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"image_url\","
          + "\"image_url\":{\"url\":\"data:image/png;base64,iVBORw0KGgo=\"}}]}]}";

  @ParameterizedTest
  @EnumSource(Generation.class)
  void areUsed(Generation line) throws IOException {
    try (Stack stack = start(line, Recipe.able())) {
      assertThat(sent(stack, Chat.body("hi", TOOLS))).contains("\"tools\":[", "\"look\"");
      assertThat(sent(stack, IMAGE)).contains("\"images\":[\"iVBORw0KGgo=\"]");
      assertThat(sent(stack, Chat.body("hi", THINK))).contains("\"think\":\"high\"");
      stack.untilSeen(0, seen -> seen.requests("/api/show") == 1);
    }
  }

  @ParameterizedTest
  @EnumSource(Generation.class)
  void areMissed(Generation line) throws IOException {
    SimulatedModel plain = SimulatedModel.plain(Recipe.MODEL, Capability.COMPLETION);
    try (Stack stack = start(line, plain)) {
      assertRefused(stack.ask(Chat.body("hi", TOOLS)), "cannot call tools", "tools");
      assertRefused(stack.ask(IMAGE), "cannot see images", "messages");
      assertThat(stack.chats()).isZero();
      assertThat(sent(stack, Chat.body("hi", THINK))).doesNotContain("\"think\"");
    }
  }

  private static Stack start(Generation line, SimulatedModel model) {
    return Stack.start(Recipe.of(Recipe.instant().withModels(model).withGeneration(line)));
  }

  /** What Ollama was sent for it. */
  private static String sent(Stack stack, String body) throws IOException {
    assertThat(stack.ask(body).status()).isEqualTo(200);
    return stack.ollama(0).seen().last().stream()
        .filter(seen -> seen.path().equals("/api/chat"))
        .findFirst()
        .orElseThrow()
        .body();
  }

  private static void assertRefused(RawClient.Reply reply, String why, String param) {
    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.body())
        .contains(why)
        .endsWith("\"param\":\"" + param + "\",\"code\":\"unsupported_value\"}}");
  }
}
