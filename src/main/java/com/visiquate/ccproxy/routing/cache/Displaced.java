package com.visiquate.ccproxy.routing.cache;

/**
 * A conversation that would lose so many characters of its prompt, if another one took its place.
 */
public record Displaced(Resident resident, int characters) {
  /** It would lose everything. */
  public static Displaced wholly(Resident resident) {
    return new Displaced(resident, resident.chain().length());
  }

  /** It would lose what it does not share with that one; nothing to its own next turn. */
  static Displaced by(Chain other, Resident resident) {
    boolean own = other.follows(resident.turn());
    Chain chain = resident.chain();
    return new Displaced(resident, own ? 0 : chain.length() - chain.common(other));
  }
}
