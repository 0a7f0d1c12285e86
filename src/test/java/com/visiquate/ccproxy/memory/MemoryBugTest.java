package com.visiquate.ccproxy.memory;

import static org.assertj.core.api.Assertions.assertThat;

import com.visiquate.ccproxy.LoggedBugs;
import com.visiquate.ccproxy.bus.Address;
import com.visiquate.ccproxy.bus.Bus;
import com.visiquate.ccproxy.bus.MemoryMessage.Recall;
import com.visiquate.ccproxy.bus.MemoryMessage.Recalled;
import com.visiquate.ccproxy.bus.MemoryMessage.Remember;
import com.visiquate.ccproxy.config.MemorySettings;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

@SuppressWarnings("NullAway") // a null where there must be none is the bug
final class MemoryBugTest {
  @Test
  void goesOnAfterABug() throws Exception {
    Vertx vertx = Vertx.vertx();
    Bus bus = Bus.of(vertx);
    try (LoggedBugs bugs = new LoggedBugs()) {
      done(vertx.deployVerticle(new MemoryVerticle(new MemorySettings(9, 9_999, 9))));
      bus.send(Address.MEMORY_REMEMBER, new Remember(null));
      Recall recall = new Recall(Set.of());
      assertThat(done(bus.ask(Address.MEMORY_RECALL, recall, Duration.ofSeconds(20))))
          .isEqualTo(new Recalled(List.of()));
      assertThat(bugs.lines()).containsExactly("record=Remember");
    } finally {
      done(vertx.close());
    }
  }

  private static <T> T done(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
  }
}
