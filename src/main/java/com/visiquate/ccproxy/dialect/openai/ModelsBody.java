package com.visiquate.ccproxy.dialect.openai;

import com.visiquate.ccproxy.dialect.ByteSink;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * The bodies of {@code GET /v1/models} and {@code /v1/models/{id}}: one form that the SDKs of
 * OpenAI and of Anthropic both read, because they ask at the same path.
 */
public final class ModelsBody {
  /**
   * A model as clients see it.
   *
   * @param id the name to ask for: a model or an alias
   * @param context its window in tokens
   */
  public record Card(String id, long createdSeconds, int context) {}

  private ModelsBody() {}

  public static byte[] list(List<Card> cards) {
    ByteSink out = new ByteSink().raw("{\"object\":\"list\",\"data\":[");
    for (int i = 0; i < cards.size(); i++) {
      card(cards.get(i), out.raw(i == 0 ? "" : ","));
    }
    out.raw("],\"has_more\":false,\"first_id\":");
    id(cards.stream().limit(1).toList(), out);
    out.raw(",\"last_id\":");
    id(cards.reversed().stream().limit(1).toList(), out);
    // Codex looks for "models" and fails without it.
    return out.raw(",\"models\":[]}").take();
  }

  public static byte[] one(Card card) {
    ByteSink out = new ByteSink();
    card(card, out);
    return out.take();
  }

  private static void card(Card card, ByteSink out) {
    out.raw("{\"id\":").json(card.id()).raw(",\"object\":\"model\",\"type\":\"model\"");
    out.raw(",\"created\":").number(card.createdSeconds());
    out.raw(",\"created_at\":").json(day(card.createdSeconds()));
    out.raw(",\"owned_by\":\"ccproxy\",\"display_name\":").json(card.id());
    for (String name :
        List.of(
            "context_window",
            "context_length",
            "max_model_len",
            "max_input_tokens",
            "max_tokens")) {
      out.raw(",").json(name).raw(":").number(card.context());
    }
    out.raw("}");
  }

  private static void id(List<Card> atMostOne, ByteSink out) {
    if (atMostOne.isEmpty()) {
      out.raw("null");
    } else {
      out.json(atMostOne.getFirst().id());
    }
  }

  private static String day(long seconds) {
    return Instant.ofEpochSecond(seconds).truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
