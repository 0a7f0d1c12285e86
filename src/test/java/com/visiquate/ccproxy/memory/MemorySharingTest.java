package com.visiquate.ccproxy.memory;

import static org.assertj.core.api.Assertions.assertThat;

import com.visiquate.ccproxy.bus.Address;
import com.visiquate.ccproxy.bus.Bus;
import com.visiquate.ccproxy.bus.MemoryMessage.Forget;
import com.visiquate.ccproxy.bus.MemoryMessage.Recall;
import com.visiquate.ccproxy.bus.MemoryMessage.Recalled;
import com.visiquate.ccproxy.bus.MemoryMessage.Remember;
import com.visiquate.ccproxy.bus.SharedMessage.FindResponses;
import com.visiquate.ccproxy.bus.SharedMessage.ForgetResponse;
import com.visiquate.ccproxy.bus.SharedMessage.Keepsake;
import com.visiquate.ccproxy.bus.SharedMessage.KnownResponse;
import com.visiquate.ccproxy.bus.SharedMessage.ResponsesFound;
import com.visiquate.ccproxy.chat.RawJson;
import com.visiquate.ccproxy.chat.ResponseId;
import com.visiquate.ccproxy.chat.StoredResponse;
import com.visiquate.ccproxy.config.MemorySettings;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the memory of a node says to its cluster, and believes of it. */
final class MemorySharingTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final StoredResponse HERE = response("resp_here");
  private static final StoredResponse ELSEWHERE = response("resp_elsewhere");
  private static final Recall BOTH = new Recall(Set.of(HERE.id(), ELSEWHERE.id()));

  private final Vertx vertx = Vertx.vertx();
  private final Bus bus = Bus.of(vertx);
  private final BlockingQueue<Keepsake> kept = new LinkedBlockingQueue<>();

  @AfterEach
  void close() {
    done(vertx.close());
  }

  @Test
  void tellsAllAndAsksThemForWhatItDoesNotKnow() throws Exception {
    BlockingQueue<FindResponses> asked = new LinkedBlockingQueue<>();
    bus.answer(
        Address.SHARED_RESPONSES,
        find -> {
          asked.add(find);
          return new ResponsesFound(List.of(ELSEWHERE), Set.of());
        });
    remembering(9);

    assertThat(kept.poll(20, TimeUnit.SECONDS)).isEqualTo(new KnownResponse(HERE));
    assertThat(recalled()).containsExactlyInAnyOrder(HERE, ELSEWHERE);
    assertThat(asked).containsExactly(new FindResponses(Set.of(HERE.id()), Set.of(ELSEWHERE.id())));
    assertThat(recalled()).hasSize(2);
    assertThat(asked).hasSize(2);
  }

  @Test
  void believesThatAnotherNodeHasForgottenWhatItKnows() {
    bus.answer(
        Address.SHARED_RESPONSES,
        find -> new ResponsesFound(List.of(ELSEWHERE), Set.of(HERE.id(), ELSEWHERE.id())));
    remembering(9);
    assertThat(recalled()).isEmpty();
  }

  @Test
  void answersByItselfWhenNobodyElseDoes() {
    Promise<ResponsesFound> never = Promise.promise();
    bus.answerLater(Address.SHARED_RESPONSES, find -> never.future());
    bus.answerLater(Address.SHARED_FORGET, forget -> never.future());
    remembering(9);

    assertThat(recalled()).containsExactly(HERE);
    Forget forget = new Forget(HERE.id());
    assertThat(done(bus.ask(Address.MEMORY_FORGET, forget, PATIENCE)))
        .isEqualTo(new Recalled(List.of(HERE)));
    assertThat(recalled()).isEmpty();
  }

  @Test
  void hasAllForgetWhatOneForgets() throws Exception {
    BlockingQueue<ForgetResponse> asked = new LinkedBlockingQueue<>();
    bus.answer(
        Address.SHARED_FORGET,
        forget -> {
          asked.add(forget);
          return new ResponsesFound(List.of(ELSEWHERE), Set.of());
        });
    remembering(9);

    Forget forget = new Forget(ELSEWHERE.id());
    assertThat(done(bus.ask(Address.MEMORY_FORGET, forget, PATIENCE)))
        .isEqualTo(new Recalled(List.of(ELSEWHERE)));
    assertThat(asked).containsExactly(new ForgetResponse(ELSEWHERE.id(), false));
  }

  @Test
  void tellsNobodyWhereNothingIsRemembered() {
    bus.answer(Address.SHARED_RESPONSES, find -> new ResponsesFound(List.of(ELSEWHERE), Set.of()));
    remembering(0);
    assertThat(recalled()).isEmpty();
    assertThat(kept).isEmpty();
  }

  private void remembering(int responses) {
    bus.listen(Address.SHARED_KEEP, kept::add);
    done(vertx.deployVerticle(new MemoryVerticle(new MemorySettings(responses, 9_999, 9))));
    bus.send(Address.MEMORY_REMEMBER, new Remember(HERE));
  }

  private List<StoredResponse> recalled() {
    return done(bus.ask(Address.MEMORY_RECALL, BOTH, PATIENCE)).found();
  }

  private static StoredResponse response(String id) {
    return new StoredResponse(new ResponseId(id), new RawJson("{}"), List.of(), List.of());
  }

  private static <T> T done(Future<T> future) {
    return future.toCompletionStage().toCompletableFuture().orTimeout(20, TimeUnit.SECONDS).join();
  }
}
