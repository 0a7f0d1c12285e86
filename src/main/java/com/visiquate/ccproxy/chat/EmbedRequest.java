package com.visiquate.ccproxy.chat;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Texts whose embeddings are wanted, in this order.
 *
 * @param model the name that the client used: an alias or a model
 * @param texts not empty; when they are not to be normalised, exactly one
 * @param dimensions how many numbers of each embedding to keep; null for all
 * @param normalised whether each embedding has length one, as everybody expects but the users of
 *     Ollama's oldest endpoint
 * @param cut whether a text that is too long is cut to the window, instead of being refused
 */
public record EmbedRequest(
    String model, List<String> texts, @Nullable Integer dimensions, boolean normalised, boolean cut)
    implements ModelRequest {
  public EmbedRequest {
    texts = List.copyOf(texts);
    if (texts.isEmpty() || (!normalised && texts.size() > 1)) {
      throw new IllegalArgumentException(
          "texts: %d (expected: at least one, and one when not normalised)"
              .formatted(texts.size()));
    }
  }

  /** Texts that are not cut. */
  public EmbedRequest(
      String model, List<String> texts, @Nullable Integer dimensions, boolean normalised) {
    this(model, texts, dimensions, normalised, false);
  }

  /** The same work as several smaller requests, in order, each of so many texts at most. */
  public List<EmbedRequest> split(int most) {
    List<EmbedRequest> parts = new ArrayList<>();
    for (int from = 0; from < texts.size(); from += most) {
      List<String> some = texts.subList(from, Math.min(from + most, texts.size()));
      parts.add(new EmbedRequest(model, some, dimensions, normalised, cut));
    }
    return parts;
  }

  @Override
  public Integer mostTokens() {
    return 0;
  }
}
