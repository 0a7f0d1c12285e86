package com.visiquate.ccproxy.dialect.anthropic;

import com.visiquate.ccproxy.chat.Tool;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The tools that the model sees, in an order to which only ever something is appended: those of the
 * beginning as the client lists them, then those that came later in the order in which they came.
 */
final class OfferedTools {
  private final Map<String, Tool> first = new LinkedHashMap<>();
  private final Map<String, Tool> deferred = new LinkedHashMap<>();
  private boolean searched;

  /**
   * One of the list; of two with one name the first counts, as nothing is lost without the other.
   */
  void list(Tool tool, boolean isDeferred) {
    if (!isListed(tool.name())) {
      (isDeferred ? deferred : first).put(tool.name(), tool);
    }
  }

  /** One that the conversation brought; it stands for one of the same name that was listed. */
  void define(Tool tool) {
    deferred.put(tool.name(), tool);
  }

  /**
   * A server would search among the deferred ones. Nobody here does, so all of them are offered, or
   * the model could never call one.
   */
  void searchedByServer() {
    searched = true;
  }

  boolean isListed(String name) {
    return first.containsKey(name) || deferred.containsKey(name);
  }

  List<Tool> all(ToolChanges changes) {
    Map<String, Tool> all = new LinkedHashMap<>();
    for (Tool tool : first.values()) {
      if (!changes.isTakenFromTheFirst(tool.name())) {
        all.put(tool.name(), tool);
      }
    }
    // Where nothing else is offered, nothing could find them.
    if (searched || first.isEmpty()) {
      deferred.values().stream()
          .filter(tool -> !changes.isTakenFromTheFirst(tool.name()))
          .forEach(tool -> all.putIfAbsent(tool.name(), tool));
    }
    for (String name : changes.come()) {
      Tool tool = deferred.getOrDefault(name, first.get(name));
      if (tool != null) {
        all.putIfAbsent(name, tool);
      }
    }
    return new ArrayList<>(all.values());
  }

  /** One that is called by name although it has not come yet. */
  List<Tool> with(String name, List<Tool> all) {
    Tool tool = deferred.get(name);
    if (tool == null || all.stream().anyMatch(one -> one.name().equals(name))) {
      return all;
    }
    List<Tool> more = new ArrayList<>(all);
    more.add(tool);
    return more;
  }
}
