package com.visiquate.ccproxy.routing.schedule;

import com.visiquate.ccproxy.chat.ChatRequest;
import com.visiquate.ccproxy.chat.Message;
import com.visiquate.ccproxy.chat.OutputFormat;
import com.visiquate.ccproxy.chat.Sampling;
import com.visiquate.ccproxy.fleet.ModelName;
import com.visiquate.ccproxy.routing.recent.RecentMap;
import com.visiquate.ccproxy.routing.request.OpenExchange;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Owns the beginnings that the conversations of each model share: their tools and instructions, and
 * how many conversations began so. It is bounded in number and in size.
 */
final class SharedPrefixes {
  private static final int ROLES = 8;
  private static final int LONGEST = 1 << 18;

  /** What only one conversation has used is not shared. */
  private static final int SHARED = 2;

  private static final Sampling ONE_TOKEN =
      new Sampling(1, null, null, null, null, null, null, List.of());

  private final Map<ModelName, Map<Long, Prefix>> known = new HashMap<>();

  /** A beginning as a request of its own. */
  private record Prefix(ChatRequest request, int conversations) {}

  /** A request was answered; the first one of a conversation counts. */
  void answered(OpenExchange exchange) {
    if (exchange.submission().request() instanceof ChatRequest chat) {
      answered(exchange, chat);
    }
  }

  private void answered(OpenExchange exchange, ChatRequest request) {
    List<Message> vacancy = vacancy(request);
    boolean nothing = vacancy.isEmpty() && request.offeredTools().isEmpty();
    boolean first = exchange.chain().continued() == 0;
    // A forced call cannot end after one token.
    if (first && !nothing && !request.mustCall() && exchange.chain().length() <= LONGEST) {
      known
          .computeIfAbsent(exchange.model(), missing -> new RecentMap<>(ROLES))
          .merge(
              exchange.chain().role(),
              new Prefix(beginning(request, vacancy), 1),
              (old, again) -> new Prefix(old.request(), old.conversations() + 1));
    }
  }

  /** The one that most conversations begin with, as a request for one token. */
  Optional<ChatRequest> mostShared(ModelName model) {
    return known.getOrDefault(model, Map.of()).values().stream()
        .filter(prefix -> prefix.conversations() >= SHARED)
        .max(Comparator.comparingInt(Prefix::conversations))
        .map(Prefix::request);
  }

  void keepOnly(Set<ModelName> models) {
    known.keySet().retainAll(models);
  }

  private static List<Message> vacancy(ChatRequest request) {
    List<Message> messages = request.messages();
    int end = 0;
    while (end < messages.size() && messages.get(end) instanceof Message.Instruction) {
      end++;
    }
    return messages.subList(0, end);
  }

  private static ChatRequest beginning(ChatRequest request, List<Message> vacancy) {
    List<Message> messages = new ArrayList<>(vacancy);
    messages.add(new Message.User("."));
    return new ChatRequest(
        request.model(),
        messages,
        request.tools(),
        request.toolChoice(),
        request.parallelCalls(),
        ONE_TOKEN,
        OutputFormat.TEXT,
        request.reasoning(),
        null);
  }
}
