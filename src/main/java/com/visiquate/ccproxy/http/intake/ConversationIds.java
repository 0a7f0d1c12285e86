package com.visiquate.ccproxy.http.intake;

import com.visiquate.ccproxy.bus.ExchangeEnded.Conversation;
import com.visiquate.ccproxy.fleet.ClientId;
import com.visiquate.ccproxy.http.intake.ClientIdentity.HeaderLookup;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * To which conversation a request belongs: the one that a header names, else the agent of the
 * session that one names, else how it began, for its client.
 */
final class ConversationIds {
  private static final List<String> CONVERSATION =
      List.of(
          "x-conversation-id",
          "conversation-id",
          "conversation_id",
          "x-thread-id",
          "thread-id",
          "thread_id",
          "x-chat-id",
          "x-openwebui-chat-id",
          "x-grok-conv-id");

  private static final List<String> SESSION =
      List.of(
          "x-claude-code-session-id",
          "x-session-id",
          "session-id",
          "session_id",
          "x-session-affinity",
          "x-opencode-session",
          "x-litellm-session-id",
          "helicone-session-id");

  private static final List<String> AGENT = List.of("x-claude-code-agent-id");

  private static final List<String> PARENT =
      List.of("x-claude-code-parent-agent-id", "x-codex-parent-thread-id", "x-parent-session-id");

  private ConversationIds() {}

  /**
   * What is known of it.
   *
   * @param hint an id in the body, when there is one
   * @param beginning how it began; null when it is none
   */
  static Conversation of(
      HeaderLookup header, @Nullable String hint, @Nullable String beginning, ClientId client) {
    String said = ClientIdentity.firstOf(header, SESSION);
    String session = said == null ? ClientIdentity.clean(hint) : said;
    String named = ClientIdentity.firstOf(header, CONVERSATION);
    String id = named != null ? named : session != null ? agent(header, session) : null;
    String parent = ClientIdentity.firstOf(header, PARENT);
    return new Conversation(id != null ? id : begun(client, beginning), session, parent);
  }

  /** Several agents share a session. */
  private static String agent(HeaderLookup header, String session) {
    String agent = ClientIdentity.firstOf(header, AGENT);
    return agent == null ? session : session + "/" + agent;
  }

  private static @Nullable String begun(ClientId client, @Nullable String beginning) {
    return beginning == null ? null : ClientId.sharing(client.whole().value(), beginning).value();
  }
}
