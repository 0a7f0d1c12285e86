package com.visiquate.ccproxy.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.visiquate.ccproxy.simulator.model.Capability;
import com.visiquate.ccproxy.simulator.model.Profile;
import com.visiquate.ccproxy.simulator.model.SimulatedModel;
import com.visiquate.ccproxy.simulator.speech.Script;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Models that share Ollamas, and models that are loaded before anybody asks. */
@Tag("endtoend")
@Execution(ExecutionMode.CONCURRENT)
final class ModelsTest {
  private static final int REQUESTS = 60;
  private static final List<String> NAMES = List.of("m", "x", "y");

  @Test
  void takeTurnsInAMemoryForOne() throws Exception {
    Profile one =
        Profile.instant()
            .withModels(Recipe.able(), plain("x"), plain("y"))
            .withMaxLoaded(1)
            .withSlots(2);
    try (Stack stack = Stack.start(Recipe.of(2, one).models("m", "x", "y"));
        ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
      stack
          .ollamas()
          .forEach(ollama -> ollama.script(ask -> Optional.of(Script.text(ask.model()))));
      List<Future<RawClient.Reply>> replies = new ArrayList<>();
      for (int i = 0; i < REQUESTS; i++) {
        String model = NAMES.get(i % 3);
        String body = Chat.streamed("q").replace("\"m\"", '"' + model + '"');
        replies.add(clients.submit(() -> stack.ask(body)));
      }
      for (int i = 0; i < REQUESTS; i++) {
        assertThat(Waits.done(replies.get(i)).body())
            .contains("{\"content\":\"" + NAMES.get(i % 3))
            .endsWith(Chat.DONE);
      }
      assertThat(stack.silentWaits()).isZero();
      assertThat(stack.chats()).isEqualTo(REQUESTS);
    }
  }

  @Test
  void thatAreKeptWarmAreLoadedBeforeAnybodyAsksAndAgainAfterARestart() throws IOException {
    Recipe recipe = Recipe.of(1, Recipe.instant()).model("warm: true");
    try (Stack stack = Stack.start(recipe)) {
      stack.untilStatus(0, status -> !status.loaded().isEmpty());
      assertThat(stack.ollama(0).seen().models().loads()).isEqualTo(1);
      Waits.done(stack.ollama(0).kill());
      stack.untilStatus(0, status -> status.loaded().isEmpty());
      Waits.done(stack.ollama(0).restart());
      stack.untilStatus(0, status -> !status.loaded().isEmpty());
      assertThat(stack.ollama(0).seen().models().loads()).isEqualTo(2);
      assertThat(stack.ask(Chat.whole("hi")).status()).isEqualTo(200);
      assertThat(stack.ollama(0).seen().models().loads()).as("no reload").isEqualTo(2);
    }
  }

  private static SimulatedModel plain(String name) {
    return SimulatedModel.plain(name, Capability.COMPLETION);
  }
}
