package com.visiquate.ccproxy.bus;

import com.visiquate.ccproxy.bus.Fact.PromptCheck;
import com.visiquate.ccproxy.chat.ChatRequest;
import com.visiquate.ccproxy.chat.Counts;
import com.visiquate.ccproxy.chat.EmbedRequest;
import com.visiquate.ccproxy.chat.Failure;
import com.visiquate.ccproxy.chat.FinishReason;
import com.visiquate.ccproxy.chat.GenerateRequest;
import com.visiquate.ccproxy.chat.ModelRequest;
import com.visiquate.ccproxy.fleet.ClientId;
import com.visiquate.ccproxy.fleet.ExchangeId;
import com.visiquate.ccproxy.fleet.Outcome;
import com.visiquate.ccproxy.fleet.Placement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a request ended, with all that is known of it; published once for each, never with a word of
 * its prompt or its answer.
 *
 * @param placement where it ran last; null when it never ran
 * @param status HTTP status that was sent; 0 when none was
 * @param firstToken from the request to the first event of the answer; null when there was none
 * @param total from the request to the end
 * @param prompt how well its prompt was estimated; null when that is not known
 */
public record ExchangeEnded(
    ExchangeId exchange,
    Asked asked,
    @Nullable Placement placement,
    Outcome outcome,
    int status,
    @Nullable Duration firstToken,
    Duration total,
    Counts counts,
    Contents contents,
    @Nullable PromptCheck prompt,
    @Nullable Failure failure)
    implements Announcement, AboutExchange {

  /**
   * What is known of a request from its start on.
   *
   * @param route the path template, e.g. {@code /v1/chat/completions}
   * @param path the path itself
   * @param operation what is asked of a model; null when that was not understood
   * @param dialect whose wire format it has, e.g. {@code openai_chat}
   * @param streamed whether its client wants the answer piece by piece
   * @param alias the name that the client used, when it is a known one; else {@code unknown}
   * @param key the name of the key that it came in with; null when none is needed
   * @param traceparent what the client's {@code traceparent} header says; null without one
   */
  public record Asked(
      String route,
      String path,
      @Nullable Operation operation,
      String dialect,
      boolean streamed,
      String alias,
      ClientId client,
      @Nullable String key,
      Conversation conversation,
      @Nullable String traceparent,
      Instant arrived) {

    /** By a path without variables, asking for nothing that is known. */
    public Asked(
        String route,
        String dialect,
        boolean streamed,
        String alias,
        ClientId client,
        @Nullable String key,
        Conversation conversation,
        @Nullable String traceparent,
        Instant arrived) {
      this(
          route,
          route,
          null,
          dialect,
          streamed,
          alias,
          client,
          key,
          conversation,
          traceparent,
          arrived);
    }

    /** One of which no more is known. */
    public static Asked plainly(
        String route, String alias, ClientId client, boolean streamed, Instant arrived) {
      Conversation none = Conversation.NONE;
      return new Asked(route, route, null, "", streamed, alias, client, null, none, null, arrived);
    }
  }

  /** What can be asked of a model. */
  public enum Operation {
    CHAT,
    GENERATE,
    EMBED;

    /** What this request asks. */
    public static Operation of(ModelRequest request) {
      return switch (request) {
        case ChatRequest chat -> CHAT;
        case GenerateRequest text -> GENERATE;
        case EmbedRequest texts -> EMBED;
      };
    }
  }

  /**
   * To which conversation a request belongs.
   *
   * @param id tells it from all others; null when nothing does
   * @param session the id of the session that the client says; null when it says none
   * @param parent the id of the agent or session that began this one; null when it says none
   */
  public record Conversation(
      @Nullable String id, @Nullable String session, @Nullable String parent) {
    /** Of what is none. */
    public static final Conversation NONE = new Conversation(null, null, null);
  }

  /**
   * Of what an answer consisted.
   *
   * @param tools the names of the tools that it called, in order, as often as it did
   * @param thinkingTokens how many of its tokens were thinking, to about one
   * @param finishes why the model stopped, for each part that came to its end
   */
  public record Contents(List<String> tools, int thinkingTokens, List<FinishReason> finishes) {
    /** Of an answer that did not begin. */
    public static final Contents NONE = new Contents(List.of(), 0);

    public Contents {
      tools = List.copyOf(tools);
      finishes = List.copyOf(finishes);
    }

    /** Of one of which nothing came to its end. */
    public Contents(List<String> tools, int thinkingTokens) {
      this(tools, thinkingTokens, List.of());
    }
  }

  public String route() {
    return asked.route();
  }

  public String alias() {
    return asked.alias();
  }

  public ClientId client() {
    return asked.client();
  }

  public boolean streamed() {
    return asked.streamed();
  }

  /** When it ended. */
  public Instant at() {
    return asked.arrived().plus(total);
  }
}
