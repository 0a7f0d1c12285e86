package com.visiquate.ccproxy.ollama.grammar;

/** Where a schema stands inside the whole. */
record Place(String path, int depth) {
  static final Place ROOT = new Place("", 0);
  private static final int DEEPEST = 64;

  Place at(String member) {
    return new Place(path.isEmpty() ? member : path + "." + member, depth + 1);
  }

  Place at(String list, int index) {
    return at("%s[%d]".formatted(list, index));
  }

  boolean isTooDeep() {
    return depth > DEEPEST;
  }
}
