package com.visiquate.ccproxy.simulator.wire;

/** Writes JSON text as Go's encoder does: no spaces, and {@code < > &} escaped. */
public final class GoJson {
  private static final String HEX = "0123456789abcdef";
  private final StringBuilder out = new StringBuilder(256);
  private boolean first = true;

  public static String quoted(String text) {
    return new GoJson().string(text).toString();
  }

  public GoJson open() {
    out.append('{');
    first = true;
    return this;
  }

  /** Begins inside an object that was opened elsewhere and has members already. */
  public GoJson goOn(String begun) {
    out.append(begun);
    first = false;
    return this;
  }

  public GoJson close() {
    out.append('}');
    first = false;
    return this;
  }

  /** A name, and a comma before it where one is due; the value must follow. */
  public GoJson name(String name) {
    if (!first) {
      out.append(',');
    }
    first = false;
    out.append('"').append(name).append("\":");
    return this;
  }

  public GoJson text(String name, String value) {
    return name(name).string(value);
  }

  public GoJson number(String name, long value) {
    name(name);
    out.append(value);
    return this;
  }

  public GoJson flag(String name, boolean value) {
    name(name);
    out.append(value);
    return this;
  }

  /** A value that is JSON text already. */
  public GoJson raw(String name, CharSequence json) {
    name(name);
    out.append(json);
    return this;
  }

  public GoJson object(String name) {
    return name(name).open();
  }

  public GoJson append(CharSequence json) {
    out.append(json);
    return this;
  }

  public GoJson string(String text) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      character(text.charAt(i));
    }
    out.append('"');
    return this;
  }

  private void character(char c) {
    switch (c) {
      case '"' -> out.append("\\\"");
      case '\\' -> out.append("\\\\");
      case '\n' -> out.append("\\n");
      case '\r' -> out.append("\\r");
      case '\t' -> out.append("\\t");
      case '\b' -> out.append("\\b");
      case '\f' -> out.append("\\f");
      case '<', '>', '&', '\u2028', '\u2029' -> escape(c);
      default -> {
        if (c < ' ') {
          escape(c);
        } else {
          out.append(c);
        }
      }
    }
  }

  private void escape(char c) {
    out.append("\\u");
    for (int shift = 12; shift >= 0; shift -= 4) {
      out.append(HEX.charAt((c >> shift) & 15));
    }
  }

  @Override
  public String toString() {
    return out.toString();
  }
}
