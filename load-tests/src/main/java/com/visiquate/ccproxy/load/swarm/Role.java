package com.visiquate.ccproxy.load.swarm;

import com.fasterxml.jackson.databind.node.ArrayNode;

/** What all conversations of one kind begin with: the same tools and instructions. */
record Role(String name, ArrayNode tools, String instructions) {
  int tokens() {
    return Prose.tokens(tools.toString()) + Prose.tokens(instructions);
  }
}
