package com.visiquate.ccproxy.routing.schedule;

import com.visiquate.ccproxy.bus.Fact.PrefixKept;
import com.visiquate.ccproxy.bus.Fact.PromptPart;
import com.visiquate.ccproxy.chat.ChatRequest;
import com.visiquate.ccproxy.chat.Message;
import com.visiquate.ccproxy.fleet.ClientId;
import com.visiquate.ccproxy.fleet.ModelName;
import com.visiquate.ccproxy.routing.cache.Chain;
import com.visiquate.ccproxy.routing.recent.RecentMap;
import com.visiquate.ccproxy.routing.request.OpenExchange;
import java.util.Map;
import java.util.Optional;

/**
 * Compares each later turn of a conversation with the turn before it: a client that rewrites what
 * it sent makes any cache worthless. Owns the last prompt of each of the latest conversations,
 * which are told apart by client, model and first user message, because a rewritten one cannot be
 * recognised by its prompt.
 */
final class Continuity {
  private static final int CONVERSATIONS = 512;

  private final Map<Conversation, Chain> last = new RecentMap<>(CONVERSATIONS);

  private record Conversation(ClientId client, ModelName model, int vacancy) {}

  /** What a request keeps of the prompt before it; empty when none is known, or it is a first. */
  Optional<PrefixKept> came(OpenExchange exchange) {
    if (!(exchange.submission().request() instanceof ChatRequest chat)) {
      return Optional.empty();
    }
    Chain chain = exchange.chain();
    ClientId client = exchange.submission().client();
    Chain before = last.put(new Conversation(client, exchange.model(), vacancy(chat)), chain);
    boolean known = before != null && chain.continued() != 0 && before.end() != chain.end();
    return known ? Optional.of(kept(exchange.model(), before, chain)) : Optional.empty();
  }

  private static PrefixKept kept(ModelName model, Chain before, Chain chain) {
    if (chain.follows(before.end())) {
      return new PrefixKept(model, before.length(), before.length(), null);
    }
    int kept = Math.min(before.common(chain), before.length());
    return new PrefixKept(model, before.length(), kept, part(before, chain, kept));
  }

  private static PromptPart part(Chain before, Chain chain, int kept) {
    if (chain.partsInTools(before, kept)) {
      return PromptPart.TOOLS;
    }
    return chain.partsInHead(before, kept) ? PromptPart.SYSTEM : PromptPart.MESSAGES;
  }

  private static int vacancy(ChatRequest request) {
    for (Message message : request.messages()) {
      if (message instanceof Message.User user) {
        return user.text().hashCode();
      }
    }
    return 0;
  }
}
