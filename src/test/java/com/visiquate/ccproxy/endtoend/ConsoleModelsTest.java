package com.visiquate.ccproxy.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.visiquate.ccproxy.simulator.speech.Script;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The models as people choose among them. */
@Tag("endtoend")
final class ConsoleModelsTest {
  private final Stack stack =
      Stack.start(
              Recipe.of(1, Recipe.instant())
                  .with(
                      "aliases: {gpt-4: m}\n"
                          + "keys:\n"
                          + ConsoleClient.key("op", "operator: true")
                          + ConsoleClient.key("ada", "models: [m]")))
          .answer("x", Script.text("y"));

  private final ConsoleClient page = ConsoleClient.of(stack).with("x-api-key", "ada's");

  @AfterEach
  void close() {
    stack.close();
  }

  @Test
  void saysWhatAModelIsLike() throws IOException {
    RawClient.Reply reply = page.with("Origin", "http://localhost:3000").get("/ccproxy/models");
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.header("access-control-allow-origin")).isEqualTo("http://localhost:3000");
    JsonObject model = model();
    assertThat(model.getString("id")).isEqualTo("m");
    assertThat(model.getJsonArray("aliases")).containsExactly("gpt-4");
    assertThat(model.getBoolean("available")).isTrue();
    assertThat(model.getString("reason")).isNull();
    assertThat(model.getInteger("context")).isEqualTo(4096);
    assertThat(model.getJsonArray("abilities"))
        .containsExactly("completion", "thinking", "tools", "vision");
    assertThat(model.getJsonArray("badges")).containsExactly("local");
    assertThat(model.getJsonArray("backends")).containsExactly("b0");
    assertThat(model.getValue("cache_hit_share")).isNull();
    assertThat(model.getInteger("waiting")).isZero();
    assertThat(ConsoleClient.of(stack).get("/ccproxy/models").status()).isEqualTo(401);
  }

  @Test
  void saysWhyOneIsAway() throws IOException {
    ConsoleClient.of(stack).with("x-api-key", "op's").post("/ccproxy/backends/b0/drain");
    JsonObject model = model();
    assertThat(model.getBoolean("available")).isFalse();
    assertThat(model.getString("reason")).isEqualTo("b0 is drained");
    assertThat(model.getString("alternative")).isNull();
  }

  private JsonObject model() throws IOException {
    return new JsonObject(page.get("/ccproxy/models").body())
        .getJsonArray("models")
        .getJsonObject(0);
  }
}
