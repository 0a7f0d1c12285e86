package com.visiquate.ccproxy.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.visiquate.ccproxy.simulator.speech.Script;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What answers from the cache have used, as it is on record and in budgets. */
@Tag("endtoend")
@Timeout(60)
final class CachedUseTest {
  private static final String BODY = Chat.body("x", ",\"temperature\":0");
  private static final int HITS = 5;
  @TempDir Path folder;

  @Test
  void isNoTimeOfAMachineAndIsMarkedOnRecord() throws IOException {
    try (Stack stack =
        Stack.start(
                Recipe.of(1, Recipe.instant())
                    .with("cache: {ttl: 5m}")
                    .with("records: {file: '%s'}".formatted(folder.resolve("records.db")))
                    .with("budgets: [{all: true, machine: 400h, per: month}]"))
            .answer("x", Script.text("y"))) {
      stack.ask(BODY);
      stack.until(() -> used(stack) > 0);
      double once = used(stack);
      for (int i = 0; i < HITS; i++) {
        assertThat(stack.ask(BODY).header("x-ccproxy-cache")).isEqualTo("hit");
      }
      stack.until(() -> records(stack).size() == HITS + 1);
      List<JsonObject> hits =
          records(stack).stream()
              .map(JsonObject.class::cast)
              .filter(record -> record.getBoolean("cache_hit"))
              .toList();
      assertThat(hits)
          .hasSize(HITS)
          .allSatisfy(
              hit -> {
                assertThat(hit.getDouble("machine_seconds")).isZero();
                assertThat(hit.getString("model")).isEqualTo(Recipe.MODEL);
              });
      stack.until(() -> used(stack) == once);
    }
  }

  private static double used(Stack stack) {
    JsonArray budgets = read(stack, "/ccproxy/budgets").getJsonArray("budgets", new JsonArray());
    return budgets.isEmpty() ? 0 : budgets.getJsonObject(0).getDouble("share");
  }

  private static JsonArray records(Stack stack) {
    // While the disk is slow nobody answers in time.
    return read(stack, "/ccproxy/requests").getJsonArray("requests", new JsonArray());
  }

  private static JsonObject read(Stack stack, String path) {
    try {
      return new JsonObject(stack.read(path).body());
    } catch (IOException failed) {
      throw new AssertionError(failed);
    }
  }
}
