package com.visiquate.ccproxy.http.intake;

import static org.assertj.core.api.Assertions.assertThat;

import com.visiquate.ccproxy.chat.ChatRequest;
import com.visiquate.ccproxy.chat.EmbedRequest;
import com.visiquate.ccproxy.chat.Message;
import com.visiquate.ccproxy.fleet.AccessKey;
import com.visiquate.ccproxy.fleet.ClientId;
import com.visiquate.ccproxy.fleet.Quota;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ClientIdentityTest {
  private static final AccessKey KEY =
      new AccessKey("team", "0".repeat(64), List.of(), Quota.UNLIMITED, null);

  private final Map<String, String> headers = new HashMap<>();

  @Test
  void takesTheAddressWhenThereIsNothingElse() {
    assertThat(client(null)).isEqualTo("10.0.0.9");
  }

  @Test
  void prefersWhatIsMoreExplicit() {
    headers.put("authorization", "Bearer secret");
    assertThat(client(null)).startsWith("key-");
    assertThat(client("hint")).isEqualTo("hint");
    headers.put("x-claude-code-session-id", "session");
    assertThat(client("hint")).isEqualTo("session");
    headers.put("x-claude-code-agent-id", "agent");
    assertThat(client("hint")).isEqualTo("agent");
    headers.put("x-ccproxy-client", "tester");
    assertThat(client("hint")).isEqualTo("tester");
  }

  @Test
  void neverShowsAKey() {
    headers.put("x-api-key", "sk-very-secret");
    assertThat(client(null)).matches("key-[0-9a-f]{12}").doesNotContain("secret");
  }

  @Test
  void tellsKeysApartAndKnowsThemAgain() {
    headers.put("authorization", "Bearer a");
    String first = client(null);
    headers.put("authorization", "Bearer b");
    assertThat(client(null)).isNotEqualTo(first);
    headers.put("authorization", "Bearer a");
    assertThat(client(null)).isEqualTo(first);
  }

  @Test
  void keepsIdsShortAndPrintable() {
    headers.put("x-ccproxy-client", "  a\tb\u00e9" + "x".repeat(500));
    assertThat(client(null)).startsWith("a_b_x").hasSize(128);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x-session-affinity",
        "x-session-id",
        "session-id",
        "session_id",
        "x-conversation-id",
        "conversation_id",
        "thread-id",
        "x-openwebui-chat-id",
        "x-litellm-session-id"
      })
  void knowsTheSessionsOfClientsByTheirHeaders(String name) {
    headers.put("authorization", "Bearer unused");
    headers.put(name, "ses_1");
    assertThat(client("hint", "begun", null).value()).isEqualTo("ses_1");
    assertThat(client(null, "begun", KEY).value()).isEqualTo("team/ses_1");
  }

  /** The documents give everybody the same key, or none. */
  @Test
  void tellsApartByTheirConversationsThoseThatShareAKeyOrAnAddress() {
    assertThat(client(null, "a1", null).value()).isEqualTo("10.0.0.9~a1");
    assertThat(client(null, "a1", KEY).value()).isEqualTo("team~a1");
    headers.put("api-key", "unused");
    ClientId one = client(null, "a1", null);
    assertThat(one.value()).matches("key-[0-9a-f]{12}~a1");
    assertThat(client(null, "b2", null)).isNotEqualTo(one);
    assertThat(client(null, "b2", null).whole()).isEqualTo(one.whole());
  }

  @Test
  void knowsAConversationAgainInItsNextTurn() {
    Message first = new Message.User("Fix the build");
    Message system = new Message.Instruction("You are an agent." + " ".repeat(300) + "It is 9:00");
    Message later = new Message.Instruction("You are an agent." + " ".repeat(300) + "It is 9:05");
    String begun = beginning(system, first);
    Message answer = new Message.Assistant("Done", "", List.of());
    assertThat(begun).matches("[0-9a-f]{10}");
    assertThat(beginning(later, first, answer, new Message.User("Thanks"))).isEqualTo(begun);
    assertThat(beginning(system, new Message.User("Fix the tests"))).isNotEqualTo(begun);
    assertThat(beginning(new Message.Instruction("You plan."), first)).isNotEqualTo(begun);
    assertThat(Beginning.of(new EmbedRequest("m", List.of("x"), null, true))).isNull();
  }

  private static @Nullable String beginning(Message... messages) {
    return Beginning.of(ChatRequest.of("m", List.of(messages)));
  }

  private String client(@Nullable String hint) {
    return client(hint, null, null).value();
  }

  private ClientId client(
      @Nullable String hint, @Nullable String beginning, @Nullable AccessKey key) {
    return ClientIdentity.of(
        new ClientIdentity.Signs(headers::get, hint, beginning, "10.0.0.9", key));
  }
}
