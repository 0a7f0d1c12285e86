package com.visiquate.ccproxy.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.visiquate.ccproxy.endtoend.FamilyClient.Turn;
import com.visiquate.ccproxy.fleet.ClientId;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Agents that say nothing of themselves and share the key that documents give to everybody. */
@Tag("endtoend")
final class WhoIsWhoTest {
  private static final Map<String, String> UNUSED = Map.of("authorization", "Bearer unused");

  @Test
  void conversationsOfOneKeyAreClientsOfTheirOwnInEveryDialect() throws IOException {
    try (Stack stack = Stack.start(Recipe.of(Recipe.instant()))) {
      for (FamilyClient family : FamilyClients.ALL.values()) {
        Turn said = new Turn.Said(new FamilyClient.Heard("", "Done", List.of()));
        Turn.User first = new Turn.User("Fix the build");
        ClientId one = client(stack, family, first);
        assertThat(one.value()).as(family.path()).matches("key-[0-9a-f]{12}~[0-9a-f]{10}");
        assertThat(client(stack, family, first, said, new Turn.User("Thanks"))).isEqualTo(one);
        ClientId other = client(stack, family, new Turn.User("Fix the tests"));
        assertThat(other).isNotEqualTo(one);
        assertThat(other.whole()).isEqualTo(one.whole());
      }
    }
  }

  private static ClientId client(Stack stack, FamilyClient family, Turn... turns)
      throws IOException {
    ObjectNode schema = FamilyClient.object().put("type", "object");
    ObjectNode body = family.body("You are an agent.", List.of(turns), schema);
    body.put("stream", false);
    try (RawClient client = stack.client().post(family.path(), body.toString(), UNUSED)) {
      assertThat(client.reply().status()).as(family.path()).isEqualTo(200);
    }
    return stack.nextEnd().client();
  }
}
