package com.visiquate.ccproxy.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.hazelcast.map.IMap;
import com.visiquate.ccproxy.bus.SharedMessage.FindResponses;
import com.visiquate.ccproxy.bus.SharedMessage.ForgetResponse;
import com.visiquate.ccproxy.bus.SharedMessage.KnownResponse;
import com.visiquate.ccproxy.bus.SharedMessage.ResponsesFound;
import com.visiquate.ccproxy.chat.RawJson;
import com.visiquate.ccproxy.chat.ResponseId;
import com.visiquate.ccproxy.chat.StoredResponse;
import com.visiquate.ccproxy.wire.Wire;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Responses in maps that are slow to know what they have been told. */
final class SharedResponsesTest {
  private static final StoredResponse RESPONSE =
      new StoredResponse(new ResponseId("resp_1"), new RawJson("{}"), List.of(), List.of());
  private static final FindResponses FIND = new FindResponses(Set.of(), Set.of(RESPONSE.id()));

  private final Vertx vertx = Vertx.vertx();
  private final Seal seal = Seal.ofMaps("studio", "0123456789abcdef", 1);
  private final Wire wire = new Wire();
  private final AtomicInteger asked = new AtomicInteger();

  /** How often the map is asked before it knows anything. */
  private int slow;

  private final Shelf responses = shelf(true);
  private final Shelf forgotten = shelf(false);
  private final SharedResponses shared =
      new SharedResponses(vertx, new Shelves(responses, forgotten, responses, responses), wire);

  @AfterEach
  void close() {
    done(vertx.close());
  }

  @Test
  void looksAgainForWhatIsOnItsWay() {
    slow = 3;
    known();
    assertThat(done(shared.find(FIND))).isEqualTo(new ResponsesFound(List.of(RESPONSE), Set.of()));
    assertThat(asked).hasValue(4);
  }

  @Test
  void looksNotForever() {
    assertThat(done(shared.find(FIND))).isEqualTo(new ResponsesFound(List.of(), Set.of()));
    assertThat(asked).hasValue(4);
  }

  @Test
  void forgetsWhatIsOnItsWay() {
    slow = 2;
    known();
    ForgetResponse forget = new ForgetResponse(RESPONSE.id(), false);
    assertThat(done(shared.forget(forget)))
        .isEqualTo(new ResponsesFound(List.of(RESPONSE), Set.of()));

    // Although it comes once more.
    known();
    FindResponses here = new FindResponses(Set.of(RESPONSE.id()), Set.of());
    assertThat(done(shared.find(here)).forgotten()).containsExactly(RESPONSE.id());
    assertThat(done(shared.find(FIND)).forgotten()).containsExactly(RESPONSE.id());
  }

  @Test
  void whatNobodyKnowsLeavesNoTrace() {
    done(shared.forget(new ForgetResponse(RESPONSE.id(), false)));
    assertThat(done(shared.find(FIND)).forgotten()).isEmpty();
    done(shared.forget(new ForgetResponse(RESPONSE.id(), true)));
    assertThat(done(shared.find(FIND)).forgotten()).containsExactly(RESPONSE.id());
  }

  private void known() {
    byte[] bytes = wire.encode(new KnownResponse(RESPONSE));
    assertThat(done(responses.keep("resp_1", () -> bytes, Duration.ofMinutes(1)))).isTrue();
  }

  @SuppressWarnings("unchecked") // of all that a map can do, these are used
  private Shelf shelf(boolean mayBeSlow) {
    Map<Object, Object> map = new ConcurrentHashMap<>();
    IMap<String, byte[]> slowly =
        (IMap<String, byte[]>)
            Proxy.newProxyInstance(
                IMap.class.getClassLoader(),
                new Class<?>[] {IMap.class},
                (proxy, method, arguments) ->
                    switch (method.getName()) {
                      case "setAsync" -> {
                        map.put(arguments[0], arguments[1]);
                        yield CompletableFuture.completedFuture(null);
                      }
                      case "getAsync" ->
                          CompletableFuture.completedFuture(
                              mayBeSlow && asked.getAndIncrement() < slow
                                  ? null
                                  : map.get(arguments[0]));
                      case "removeAsync" ->
                          CompletableFuture.completedFuture(map.remove(arguments[0]));
                      default -> throw new UnsupportedOperationException(method.getName());
                    });
    return new Shelf(vertx, slowly, seal, 1 << 20);
  }

  private static <T> T done(Future<T> future) {
    return future.toCompletionStage().toCompletableFuture().orTimeout(20, TimeUnit.SECONDS).join();
  }
}
