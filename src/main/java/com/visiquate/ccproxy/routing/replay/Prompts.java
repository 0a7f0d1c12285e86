package com.visiquate.ccproxy.routing.replay;

import com.visiquate.ccproxy.bus.ExchangeEnded.Operation;
import com.visiquate.ccproxy.bus.TimelineMessage.PastRun;
import com.visiquate.ccproxy.chat.ChatRequest;
import com.visiquate.ccproxy.chat.EmbedRequest;
import com.visiquate.ccproxy.chat.Message;
import com.visiquate.ccproxy.chat.ModelRequest;
import com.visiquate.ccproxy.chat.RawJson;
import com.visiquate.ccproxy.chat.ToolCall;
import com.visiquate.ccproxy.routing.cache.Chain;
import com.visiquate.ccproxy.routing.cache.ChainSketch;
import com.visiquate.ccproxy.routing.estimate.Rate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes prompts again of which only the lengths are known. Owns those of turns that may still be
 * continued.
 */
final class Prompts {
  /** As many as are expected of a token before anything is learnt. */
  private static final double CHARACTERS = 1 / Rate.PRIOR.density();

  private static final List<ToolCall> CALLS =
      List.of(new ToolCall("call", "tool", RawJson.EMPTY_OBJECT));

  private final Map<Ask, Chain> chains = new HashMap<>();

  /** How long each role is: the same to the token, or they would share less than they did. */
  private final Map<String, Integer> roles = new HashMap<>();

  /** The prompt of a request, and what it is told to be. */
  Chain of(Ask ask) {
    Ask before = ask.before();
    Chain known = before == null ? null : chains.get(before);
    Chain chain = before == null || known == null ? first(ask.run()) : next(ask, before, known);
    if (before != null && before.next().getLast() == ask) {
      chains.remove(before);
    }
    if (!ask.next().isEmpty()) {
      chains.put(ask, chain);
    }
    return chain;
  }

  /** The request itself: its kind and its names, for its words are not known. */
  ModelRequest request(Ask ask) {
    PastRun run = ask.run();
    String mark = Integer.toHexString(run.turn());
    return run.operation() == Operation.EMBED
        ? new EmbedRequest(run.alias(), List.of(mark), null, true)
        : ChatRequest.of(run.alias(), List.of(new Message.User(mark)));
  }

  /** What the model said, as long as it is in the next prompt. */
  Message.Assistant answer(Ask ask) {
    PastRun run = ask.run();
    int tokens = run.counts().outputTokens();
    if (!ask.next().isEmpty()) {
      tokens = answerTokens(ask, ask.next().getFirst());
    }
    String mark = run.turn() + " ";
    int characters = (int) (CHARACTERS * tokens);
    String text = mark.repeat(characters / mark.length() + 1).substring(0, characters);
    return new Message.Assistant(text, "", run.calls() ? CALLS : List.of());
  }

  private Chain first(PastRun run) {
    int tokens = run.counts().promptTokens();
    int known = roles.computeIfAbsent(run.role(), missing -> run.roleTokens());
    int role = Math.clamp(known, 0, Math.max(0, tokens - 1));
    return ChainSketch.first(
        role(run), characters(role), run.turn(), characters(Math.max(1, tokens - role)));
  }

  private Chain next(Ask ask, Ask before, Chain chain) {
    int grown = grown(ask, before);
    int fresh = Math.max(1, grown - answerTokens(before, ask));
    return ChainSketch.next(chain, answer(before), ask.run().turn(), characters(fresh));
  }

  /** Thinking is not in the next prompt, so that an answer may be shorter there. */
  private static int answerTokens(Ask before, Ask next) {
    int most = before.run().counts().outputTokens();
    return Math.clamp(grown(next, before) - 1L, 0, most);
  }

  private static int grown(Ask ask, Ask before) {
    return ask.run().counts().promptTokens() - before.run().counts().promptTokens();
  }

  private static int characters(int tokens) {
    return (int) Math.round(CHARACTERS * tokens);
  }

  private static long role(PastRun run) {
    return run.role().isEmpty() ? 0 : Long.parseUnsignedLong(run.role(), 16);
  }
}
