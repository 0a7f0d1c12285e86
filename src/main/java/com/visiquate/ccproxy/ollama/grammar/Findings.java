package com.visiquate.ccproxy.ollama.grammar;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What is found out about one schema while it is mended. */
final class Findings {
  private final Set<String> leftOut = new TreeSet<>();
  private GrammarSchema.@Nullable Objection first;

  void leaveOut(String keyword) {
    leftOut.add(keyword);
  }

  /** Nothing can follow the schema; the first reason counts. */
  void object(String path, String why) {
    first = first == null ? new GrammarSchema.Objection(path, why) : first;
  }

  List<String> leftOut() {
    return new ArrayList<>(leftOut);
  }

  GrammarSchema.@Nullable Objection objection() {
    return first;
  }
}
