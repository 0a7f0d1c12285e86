package com.visiquate.ccproxy.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.hazelcast.core.Hazelcast;
import com.visiquate.ccproxy.simulator.speech.Script;
import com.visiquate.ccproxy.simulator.speech.Script.Step;
import java.io.IOException;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What one node of three remembers, all know, over a real Hazelcast on loopback. */
@Tag("endtoend")
final class SharedMemoryTest {
  private static final String RESPONSES = "/v1/responses";
  private static final Pattern ID = Pattern.compile("\"id\":\"(resp_[^\"]+)\"");
  private static final Pattern CALL = Pattern.compile("\"(call_[A-Za-z0-9]{8})\"");
  private static final String CACHE = "cache: {ttl: 5m}";
  private static Nodes nodes;

  @BeforeAll
  static void start() throws IOException {
    nodes = Nodes.start(Recipe.instant(), 3, CACHE);
    nodes
        .answer("hi", Script.text("Hello"))
        .answer("x", Script.text("y"))
        .answer(
            "Paris?",
            Script.of(
                new Step.Thinking("I ask about Paris"),
                new Step.ToolCall("weather", "{\"city\":\"Paris\"}")));
  }

  @AfterAll
  static void stop() {
    nodes.close();
  }

  @Test
  void aConversationGoesOnAtAnotherNode() throws IOException {
    String first = id(responses(nodes, 0, said("hi", "")));
    nodes.until(() -> knows(nodes, 1, first));
    String second = id(responses(nodes, 1, said("more", after(first))));
    nodes.until(() -> knows(nodes, 2, second));
    responses(nodes, 2, said("and more", after(second)));

    assertThat(lastChats(nodes)).contains("\"content\":\"Hello\"", "\"content\":\"and more\"");
    assertThat(nodes.node(2).read(RESPONSES + "/" + first).body()).contains("Hello");
  }

  @Test
  void aConversationOutlivesTheNodeThatAnswered() throws IOException {
    try (Nodes dying = Nodes.start(Recipe.instant(), 3)) {
      dying.answer("hi", Script.text("Hello"));
      String id = id(responses(dying, 0, said("hi", "")));
      nodes.until(() -> knows(dying, 1, id));
      dying.node(0).end();
      nodes.until(() -> knows(dying, 2, id));

      responses(dying, 2, said("more", after(id)));

      assertThat(lastChats(dying)).contains("\"content\":\"Hello\"", "\"content\":\"more\"");
    }
  }

  @Test
  void whatIsForgottenAtOneNodeIsForgottenAtAll() throws IOException {
    String id = id(responses(nodes, 0, said("hi", "")));
    nodes.until(() -> knows(nodes, 1, id));

    assertThat(delete(1, id).status()).isEqualTo(200);

    for (int i = 0; i < 3; i++) {
      assertThat(nodes.node(i).read(RESPONSES + "/" + id).status()).isEqualTo(404);
      assertThat(post(nodes, i, RESPONSES, said("more", after(id))).status()).isEqualTo(400);
      assertThat(delete(i, id).status()).isEqualTo(404);
    }
    assertThat(nodes.node(0).read(RESPONSES + "/resp_none").status()).isEqualTo(404);
  }

  @Test
  void whatWasThoughtIsPutBackAtAnotherNode() throws IOException {
    String tools =
        ",\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"weather\","
            + "\"parameters\":{\"type\":\"object\"}}}]";
    RawClient.Reply called = post(nodes, 0, Chat.PATH, Chat.body("Paris?", tools));
    Matcher call = CALL.matcher(called.body());
    assertThat(call.find()).as(called.body()).isTrue();
    nodes.until(SharedMemoryTest::areThoughtsShared);
    String turns =
        """
        {"model":"m","messages":[{"role":"user","content":"Paris?"},
        {"role":"assistant","content":"","tool_calls":[{"id":"%1$s","type":"function",\
        "function":{"name":"weather","arguments":"{}"}}]},
        {"role":"tool","tool_call_id":"%1$s","content":"sunny"}]%2$s}\
        """
            .formatted(call.group(1), tools);

    for (int i = 2; i > 0; i--) {
      assertThat(post(nodes, i, Chat.PATH, turns).status()).isEqualTo(200);
      assertThat(lastChats(nodes)).contains("\"thinking\":\"I ask about Paris\"");
    }
  }

  @Test
  void anAnswerOfOneNodeIsGivenAgainByAllUntilOneIsToldToForget() throws IOException {
    String body = Chat.body("x", ",\"temperature\":0");
    String key = cached(0, body, "miss").header("x-litellm-cache-key");
    long before = nodes.chats();
    nodes.until(() -> isHit(1, body));
    String again = SharedRunTest.timeless(cached(2, body, "hit"));
    assertThat(again).isEqualTo(SharedRunTest.timeless(cached(0, body, "hit")));
    assertThat(nodes.chats()).isLessThanOrEqualTo(before + 1);
    assertThat(nodes.node(2).read("/metrics").body())
        .containsPattern("ccproxy_cache_requests_total\\{[^}]*reason=\"nodes\",use=\"hit\"\\} 1");

    String keys = "{\"keys\":[\"%s\"]}".formatted(key);
    assertThat(post(nodes, 1, "/cache/delete", keys).body()).contains("\"deleted\":1");
    cached(0, body, "miss");
    nodes.until(() -> isHit(1, body) && isHit(2, body));

    assertThat(post(nodes, 2, "/cache/flushall", "{}").body()).contains("\"deleted\":1");
    cached(1, Chat.body("x", ",\"temperature\":0,\"cache\":{\"ttl\":0}"), "miss");
    for (int i = 0; i < 3; i++) {
      assertThat(nodes.node(i).read("/ccproxy/cache").body()).contains("\"entries\":0");
    }
  }

  private static RawClient.Reply cached(int node, String body, String how) throws IOException {
    RawClient.Reply reply = post(nodes, node, Chat.PATH, body);
    assertThat(reply.header("x-ccproxy-cache")).isEqualTo(how);
    return reply;
  }

  /** What is told to all is there a moment later; who asks before that asks an Ollama. */
  private static boolean isHit(int node, String body) {
    try {
      Map<String, String> only = Map.of("cache-control", "only-if-cached");
      try (RawClient client = nodes.node(node).client().post(Chat.PATH, body, only)) {
        return client.reply().status() == 200;
      }
    } catch (IOException failed) {
      throw new AssertionError(failed);
    }
  }

  /** What is told to all is there a moment later, and a prompt does not wait for it. */
  private static boolean areThoughtsShared() {
    return Hazelcast.getAllHazelcastInstances().stream()
        .anyMatch(one -> !one.getMap("ccproxy.thoughts").isEmpty());
  }

  private static boolean knows(Nodes nodes, int node, String id) {
    try {
      return nodes.node(node).read(RESPONSES + "/" + id).status() == 200;
    } catch (IOException failed) {
      throw new AssertionError(failed);
    }
  }

  private static String lastChats(Nodes nodes) {
    StringBuilder all = new StringBuilder();
    for (int i = 0; i < 3; i++) {
      nodes.ollama(i).seen().last().stream()
          .filter(seen -> seen.path().equals("/api/chat"))
          .forEach(seen -> all.append(seen.body()).append('\n'));
    }
    return all.toString();
  }

  private static RawClient.Reply responses(Nodes nodes, int node, String body) throws IOException {
    RawClient.Reply reply = post(nodes, node, RESPONSES, body);
    assertThat(reply.status()).as(reply.body()).isEqualTo(200);
    return reply;
  }

  private static RawClient.Reply post(Nodes nodes, int node, String path, String body)
      throws IOException {
    try (RawClient client = nodes.node(node).client().post(path, body)) {
      return client.reply();
    }
  }

  private static RawClient.Reply delete(int node, String id) throws IOException {
    try (RawClient client = nodes.node(node).client().request("DELETE", RESPONSES + "/" + id)) {
      return client.reply();
    }
  }

  private static String said(String text, String more) {
    return "{\"model\":\"m\",\"input\":\"%s\"%s}".formatted(text, more);
  }

  private static String after(String id) {
    return ",\"previous_response_id\":\"%s\"".formatted(id);
  }

  private static String id(RawClient.Reply reply) {
    Matcher id = ID.matcher(reply.body());
    assertThat(id.find()).as(reply.body()).isTrue();
    return id.group(1);
  }
}
