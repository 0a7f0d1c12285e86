package com.visiquate.ccproxy.routing.cache;

/**
 * A conversation that would lose so many characters of its prompt, if another one took its place.
 *
 * @param lastOfRole whether nothing of its role would be left
 */
public record Displaced(CachedPrompt cached, int characters, boolean lastOfRole) {
  /** It would lose everything. */
  public static Displaced wholly(CachedPrompt cached) {
    return new Displaced(cached, cached.chain().length(), true);
  }

  /** It would lose what it does not share with that one; nothing to its own next turn. */
  static Displaced by(Chain other, CachedPrompt cached, boolean lastOfRole) {
    boolean own = other.follows(cached.turn());
    Chain chain = cached.chain();
    int lost = own ? 0 : chain.length() - chain.common(other);
    return new Displaced(cached, lost, lastOfRole && other.role() != chain.role());
  }
}
