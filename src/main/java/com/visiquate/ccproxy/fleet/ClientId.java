package com.visiquate.ccproxy.fleet;

import org.jspecify.annotations.Nullable;

/**
 * Who asks, as far as can be told: a header, an id in the body, a key or an address. Behind a key
 * or an address that many may share stands a mark of the conversation.
 */
public record ClientId(String value) {
  private static final char MARK = '~';

  /**
   * One of those that share a key or an address.
   *
   * @param conversation tells it from the others; null when nothing does
   */
  public static ClientId sharing(String whole, @Nullable String conversation) {
    return new ClientId(conversation == null ? whole : whole + MARK + conversation);
  }

  /** All those that share its key or its address; itself when it has a name. */
  public ClientId whole() {
    int mark = value.lastIndexOf(MARK);
    return mark <= 0 ? this : new ClientId(value.substring(0, mark));
  }

  @Override
  public String toString() {
    return value;
  }

  // Written out, for it is compared and hashed with every message: a record's own way to do so
  // goes through a method handle, which costs several times as much.
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof ClientId that && value.equals(that.value);
  }

  @Override
  public int hashCode() {
    return value.hashCode();
  }
}
