package com.visiquate.ccproxy.nodes;

import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives the same nodes to every scenario, which take half a minute to start. What a scenario has
 * broken is whole again before the next, which is a test of its own.
 */
final class SharedNodes implements BeforeEachCallback, ParameterResolver {
  private static final String KEY = "nodes";

  /** Ends with the last test. */
  private record Held(Nodes nodes) implements Store.CloseableResource {
    @Override
    public void close() throws Exception {
      nodes.close();
    }
  }

  @Override
  public void beforeEach(ExtensionContext context) throws Exception {
    Diary.note(
        "---- next: %s.%s",
        context.getRequiredTestClass().getSimpleName(), context.getDisplayName());
    nodes(context).restore();
    Diary.note("ready for it");
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == Nodes.class;
  }

  @Override
  public Nodes resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return nodes(context);
  }

  private static Nodes nodes(ExtensionContext context) {
    return context
        .getRoot()
        .getStore(Namespace.GLOBAL)
        .getOrComputeIfAbsent(KEY, key -> started(), Held.class)
        .nodes();
  }

  private static Held started() {
    try {
      return new Held(Nodes.start());
    } catch (Exception broken) {
      throw new IllegalStateException("the nodes do not start", broken);
    }
  }
}
