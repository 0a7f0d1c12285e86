package com.visiquate.ccproxy.routing.cache;

/**
 * A prompt in main memory; owns how deep under later ones it has ever lain.
 *
 * <p>One that is unsure was put aside only just, as far as characters tell of tokens: that it is
 * not found says nothing of the size of the store.
 */
final class Stored {
  private final CachedPrompt cached;
  private final boolean unsure;
  private int deepest;

  Stored(CachedPrompt cached, boolean unsure) {
    this.cached = cached;
    this.unsure = unsure;
  }

  boolean isUnsure() {
    return unsure;
  }

  CachedPrompt cached() {
    return cached;
  }

  int length() {
    return cached.chain().length();
  }

  int common(Chain chain) {
    return cached.chain().common(chain);
  }

  /** Whether a prompt makes it useless, because that begins with all of it. */
  boolean begins(Chain chain) {
    return cached.chain().begins(chain);
  }

  /** It and all that was put aside later are so long together. */
  void lies(int depth) {
    deepest = Math.max(deepest, depth);
  }

  /** The least capacity with which it was never evicted. */
  int deepest() {
    return deepest;
  }
}
