package com.visiquate.ccproxy.console.feed;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Iterator;
import java.util.Map;

/**
 * What differs between two documents, as RFC 7396 writes it. It cannot write a member that is null,
 * since that means that there is none: documents have no such members.
 */
public final class MergePatch {
  private MergePatch() {}

  /** What makes the second of the first; empty when they are the same. */
  public static ObjectNode between(ObjectNode from, ObjectNode to) {
    ObjectNode patch = JsonNodeFactory.instance.objectNode();
    for (Map.Entry<String, JsonNode> member : to.properties()) {
      JsonNode before = from.get(member.getKey());
      JsonNode after = member.getValue();
      if (before instanceof ObjectNode was && after instanceof ObjectNode is) {
        ObjectNode inner = between(was, is);
        if (!inner.isEmpty()) {
          patch.set(member.getKey(), inner);
        }
      } else if (!after.equals(before)) {
        patch.set(member.getKey(), after);
      }
    }
    for (Iterator<String> names = from.fieldNames(); names.hasNext(); ) {
      String name = names.next();
      if (!to.has(name)) {
        patch.putNull(name);
      }
    }
    return patch;
  }

  /** Changes a document as a patch says. */
  public static void apply(ObjectNode document, ObjectNode patch) {
    for (Map.Entry<String, JsonNode> member : patch.properties()) {
      String name = member.getKey();
      if (member.getValue().isNull()) {
        document.remove(name);
      } else if (member.getValue() instanceof ObjectNode inner) {
        ObjectNode into =
            document.get(name) instanceof ObjectNode known ? known : document.putObject(name);
        apply(into, inner);
      } else {
        document.set(name, member.getValue());
      }
    }
  }
}
