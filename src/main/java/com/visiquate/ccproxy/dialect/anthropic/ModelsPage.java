package com.visiquate.ccproxy.dialect.anthropic;

import com.visiquate.ccproxy.dialect.ByteSink;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The bodies of {@code GET /v1/models} and {@code /v1/models/{id}} for a client that sends {@code
 * anthropic-version}: newest first, in pages.
 */
public final class ModelsPage {
  private static final int LONGEST = 1000;

  /**
   * A model as clients see it.
   *
   * @param id the name to ask for: a model or an alias
   * @param context its window in tokens
   */
  public record Card(String id, long createdSeconds, int context) {}

  /**
   * The part of the list that the query names.
   *
   * @param limit most models, 1 to 1000; null for 1000
   * @param after begin behind this model
   * @param before end before this model
   */
  public record Part(@Nullable Integer limit, @Nullable String after, @Nullable String before) {
    public static final Part ALL = new Part(null, null, null);
  }

  private ModelsPage() {}

  public static byte[] list(List<Card> cards, Part part) {
    List<Card> sorted =
        cards.stream().sorted(Comparator.comparingLong(Card::createdSeconds).reversed()).toList();
    int from = part.after == null ? 0 : index(sorted, part.after, -1) + 1;
    int to = part.before == null ? sorted.size() : index(sorted, part.before, sorted.size());
    List<Card> between = sorted.subList(Math.min(from, to), to);
    int limit = part.limit == null ? LONGEST : Math.clamp(part.limit, 1, LONGEST);
    // Before a model means the nearest before it.
    int skip = part.before == null ? 0 : Math.max(0, between.size() - limit);
    List<Card> page = between.stream().skip(skip).limit(limit).toList();
    return page(page, page.size() < between.size());
  }

  public static byte[] one(Card card) {
    ByteSink out = new ByteSink();
    card(card, out);
    return out.take();
  }

  private static byte[] page(List<Card> page, boolean more) {
    ByteSink out = new ByteSink().raw("{\"data\":[");
    for (int i = 0; i < page.size(); i++) {
      card(page.get(i), out.raw(i == 0 ? "" : ","));
    }
    out.raw("],\"has_more\":").raw(Boolean.toString(more));
    id(",\"first_id\":", page.isEmpty() ? null : page.getFirst(), out);
    id(",\"last_id\":", page.isEmpty() ? null : page.getLast(), out);
    return out.raw("}").take();
  }

  private static void card(Card card, ByteSink out) {
    out.raw("{\"type\":\"model\",\"id\":").json(card.id).raw(",\"display_name\":").json(card.id);
    out.raw(",\"created_at\":").json(Instant.ofEpochSecond(card.createdSeconds).toString());
    out.raw(",\"max_input_tokens\":").number(card.context);
    out.raw(",\"max_tokens\":").number(card.context).raw("}");
  }

  private static void id(String name, @Nullable Card card, ByteSink out) {
    out.raw(name);
    if (card == null) {
      out.raw("null");
    } else {
      out.json(card.id);
    }
  }

  private static int index(List<Card> cards, String id, int otherwise) {
    return IntStream.range(0, cards.size())
        .filter(i -> cards.get(i).id.equals(id))
        .findFirst()
        .orElse(otherwise);
  }
}
