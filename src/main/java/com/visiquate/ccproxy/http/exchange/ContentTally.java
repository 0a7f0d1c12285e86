package com.visiquate.ccproxy.http.exchange;

import com.visiquate.ccproxy.bus.ExchangeEnded.Contents;
import com.visiquate.ccproxy.chat.ChatEvent;
import com.visiquate.ccproxy.chat.FinishReason;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Of what an answer consists: counts, why it ended, names of tools, never their arguments. */
final class ContentTally {
  private static final int MOST_TOOLS = 64;
  private static final int MOST_FINISHES = 64;
  private static final int LONGEST_NAME = 128;
  private final List<String> tools = new ArrayList<>(0);
  private List<FinishReason> finishes = List.of();
  private int thoughts;

  void said(ChatEvent event) {
    if (event instanceof ChatEvent.Thinking) {
      // One piece is about one token.
      thoughts++;
    } else if (event instanceof ChatEvent.Call(var call) && tools.size() < MOST_TOOLS) {
      String name = call.name();
      tools.add(name.substring(0, Math.min(LONGEST_NAME, name.length())));
    } else if (event instanceof ChatEvent.Finished(var reason, var counts)) {
      finishedBy(reason);
    }
  }

  /** With so many tokens in all. */
  Contents contents(int outputTokens) {
    boolean silent = tools.isEmpty() && thoughts == 0 && finishes.isEmpty();
    int most = outputTokens == 0 ? thoughts : Math.min(thoughts, outputTokens);
    return silent ? Contents.NONE : new Contents(tools, most, finishes);
  }

  private void finishedBy(FinishReason reason) {
    if (finishes.isEmpty()) {
      finishes = List.of(reason);
    } else if (finishes.size() < MOST_FINISHES) {
      finishes = Stream.concat(finishes.stream(), Stream.of(reason)).toList();
    }
  }
}
