package com.visiquate.ccproxy.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.visiquate.ccproxy.simulator.model.Capability;
import com.visiquate.ccproxy.simulator.model.Profile;
import com.visiquate.ccproxy.simulator.model.SimulatedModel;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Models that share an alias, as clients of every family meet them. */
@Tag("endtoend")
final class SharedAliasTest {
  private static final Map<String, String> FORMS =
      Map.of(
          Chat.PATH,
          "{\"model\":\"x\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}",
          "/v1/messages",
          "{\"model\":\"x\",\"max_tokens\":9,\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}",
          "/v1/responses",
          "{\"model\":\"x\",\"input\":\"hi\"}",
          "/api/chat",
          "{\"model\":\"x\",\"stream\":false,\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}",
          "/api/generate",
          "{\"model\":\"x\",\"stream\":false,\"prompt\":\"hi\"}",
          "/v1/completions",
          "{\"model\":\"x\",\"prompt\":\"hi\"}");

  private final Stack stack = start("");

  @AfterEach
  void close() {
    stack.close();
  }

  @Test
  void aConversationHasOneModelInEveryDialectAndOverAReload() throws IOException {
    Map<Integer, String> first = new HashMap<>();
    Set<String> models = new HashSet<>();
    for (int conversation = 0; conversation < 12; conversation++) {
      for (Map.Entry<String, String> form : FORMS.entrySet()) {
        String model = ask(stack, form.getKey(), form.getValue(), "c" + conversation, "");
        assertThat(model)
            .as("%d by %s", conversation, form.getKey())
            .isEqualTo(first.computeIfAbsent(conversation, any -> model));
        models.add(model);
      }
    }
    assertThat(models).containsExactlyInAnyOrder("m", "n");

    Waits.done(stack.gateway().reload(Recipe.settings(stack.yaml()).plan()));

    for (int conversation = 0; conversation < 12; conversation++) {
      assertThat(ask(stack, Chat.PATH, FORMS.getOrDefault(Chat.PATH, ""), "c" + conversation, ""))
          .isEqualTo(first.get(conversation));
    }
  }

  @Test
  void vectorsAlwaysComeFromTheLargestShare() throws IOException {
    for (int conversation = 0; conversation < 8; conversation++) {
      String body = "{\"model\":\"x\",\"input\":\"hi\"}";
      assertThat(ask(stack, "/v1/embeddings", body, "c" + conversation, "")).isEqualTo("m");
    }
  }

  @Test
  void isListedOnce() throws IOException {
    assertThat(stack.read("/v1/models").body().split("\"id\":\"x\"", -1)).hasSize(2);
    assertThat(stack.read("/api/tags").body()).contains("\"name\":\"x");
  }

  @Test
  void aKeyGetsTheModelsThatItMayUse() throws IOException {
    String keys =
        """
        keys:
          - {name: one, key: "sha256:%1$s", models: [n]}
          - {name: other, key: "sha256:%2$s", models: [o]}\
        """
            .formatted(KeysTest.digest("one"), KeysTest.digest("other"));
    try (Stack closed = start(keys)) {
      for (int conversation = 0; conversation < 8; conversation++) {
        for (Map.Entry<String, String> form : FORMS.entrySet()) {
          String id = "c" + conversation;
          assertThat(ask(closed, form.getKey(), form.getValue(), id, "one's")).isEqualTo("n");
        }
      }
      try (RawClient client =
          closed
              .client()
              .post(Chat.PATH, FORMS.getOrDefault(Chat.PATH, ""), Map.of("x-api-key", "other's"))) {
        assertThat(client.reply().status()).isEqualTo(403);
      }
    }
  }

  private static String ask(Stack stack, String path, String body, String conversation, String key)
      throws IOException {
    Map<String, String> headers = Map.of("x-conversation-id", conversation, "x-api-key", key);
    try (RawClient client = stack.client().post(path, body, headers)) {
      RawClient.Reply reply = client.reply();
      assertThat(reply.status()).as(path + reply.body()).isEqualTo(200);
      return reply.header("x-ccproxy-model");
    }
  }

  private static Stack start(String more) {
    Profile profile = Profile.instant().withModels(able("m"), able("n"), able("o"));
    Recipe recipe =
        Recipe.of(profile)
            .models("m", "n", "o")
            .with("aliases: {x: [{model: m, share: 55}, {model: n, share: 45}]}")
            .with(more);
    return Stack.start(recipe);
  }

  private static SimulatedModel able(String name) {
    return SimulatedModel.plain(
        name, Capability.COMPLETION, Capability.TOOLS, Capability.THINKING, Capability.EMBEDDING);
  }
}
