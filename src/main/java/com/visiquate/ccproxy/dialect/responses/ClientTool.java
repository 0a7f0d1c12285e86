package com.visiquate.ccproxy.dialect.responses;

/** How the client knows a tool that the model knows as a function. */
sealed interface ClientTool {
  /**
   * A function.
   *
   * @param namespace the group that it belongs to; empty when there is none
   */
  record Function(String name, String namespace) implements ClientTool {}

  /** A tool that takes free text instead of JSON. */
  record Custom(String name, String namespace) implements ClientTool {}

  /** The older shell of the client: one command as a list of words. */
  record LocalShell() implements ClientTool {}

  /** The shell of the client: lines of commands. */
  record Shell() implements ClientTool {}

  /** The client's editor of files. */
  record ApplyPatch() implements ClientTool {}

  /** The client's own search for tools that it has not offered yet. */
  record ToolSearch() implements ClientTool {}

  String TOOL_SEARCH = "tool_search";
  String LOCAL_SHELL = "local_shell";
  String SHELL = "shell";
  String APPLY_PATCH = "apply_patch";

  /** The name under which the model knows a function of a group. */
  static String flat(String namespace, String name) {
    if (namespace.isEmpty()) {
      return name;
    }
    return namespace.endsWith("__") ? namespace + name : namespace + "__" + name;
  }
}
