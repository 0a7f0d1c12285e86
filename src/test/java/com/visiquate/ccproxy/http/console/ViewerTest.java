package com.visiquate.ccproxy.http.console;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.visiquate.ccproxy.bus.FeedMessage.Frame;
import com.visiquate.ccproxy.bus.FeedMessage.Watched;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerResponse;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One who watches, on a line whose width is the test's. */
final class ViewerTest {
  private final List<String> written = new ArrayList<>();
  private final List<@Nullable String> asked = new ArrayList<>();
  private Promise<Watched> answer = Promise.promise();
  private Instant now = Instant.EPOCH;
  private boolean full;
  private boolean closed;
  private @Nullable Handler<Void> drained;
  private final Viewer viewer =
      new Viewer(
          fake(HttpServerResponse.class, this::response),
          fake(HttpConnection.class, this::connection),
          this::ask,
          () -> now,
          null);

  @BeforeEach
  void begin() {
    viewer.begin();
    tell(frame("", "1"));
    written.clear();
    asked.clear();
  }

  @Test
  void goesOnFromWhatHeKnows() {
    hear("1", "2");
    hear("2", "3");
    hear("3", "3");
    assertThat(written).containsExactly("1-2", "2-3", "3-3");
    assertThat(asked).isEmpty();
  }

  @Test
  void asksForWhatHeHasMissed() {
    hear("2", "3");
    assertThat(asked).containsExactly("1");
    hear("3", "4");
    assertThat(written).as("what comes while he asks is in the answer, or asked for").isEmpty();
    tell(frame("1", "2"), frame("2", "3"));
    hear("4", "5");
    assertThat(asked).containsExactly("1", "3");
    tell(frame("3", "4"), frame("4", "5"));
    hear("5", "6");
    assertThat(written).containsExactly("1-2", "2-3", "3-4", "4-5", "5-6");
  }

  @Test
  void missesFramesWhileHeIsSlowAndNothingElse() {
    full = true;
    hear("1", "2");
    hear("2", "3");
    assertThat(written).isEmpty();
    full = false;
    Objects.requireNonNull(drained).handle(null);
    assertThat(asked).containsExactly("1");
    tell(frame("1", "2"), frame("2", "3"));
    hear("3", "4");
    assertThat(written).containsExactly("1-2", "2-3", "3-4");
    assertThat(closed).isFalse();
  }

  @Test
  void isDroppedWhenHeReadsNothing() {
    full = true;
    hear("1", "2");
    now = now.plusSeconds(19);
    hear("2", "3");
    assertThat(closed).isFalse();
    now = now.plusSeconds(1);
    hear("3", "4");
    assertThat(closed).isTrue();
  }

  @Test
  void isLetGoWhenNobodyAnswers() {
    hear("2", "3");
    answer.fail("nobody");
    assertThat(written).containsExactly("end");
  }

  private void hear(String base, String version) {
    Frame frame = frame(base, version);
    viewer.heard(frame, Buffer.buffer(frame.bytes()));
  }

  private void tell(Frame... frames) {
    Promise<Watched> asker = answer;
    answer = Promise.promise();
    asker.complete(new Watched(List.of(frames)));
  }

  private static Frame frame(String base, String version) {
    return new Frame(base, version, (base + "-" + version).getBytes(UTF_8));
  }

  private Future<Watched> ask(@Nullable String last) {
    asked.add(last);
    return answer.future();
  }

  /** A call of a method by its name and its first argument. */
  @FunctionalInterface
  private interface Calls {
    @Nullable Object called(String method, Object proxy, @Nullable Object argument);
  }

  @SuppressWarnings("unchecked")
  private @Nullable Object response(String method, Object proxy, @Nullable Object argument) {
    return switch (method) {
      case "writeQueueFull" -> full;
      case "closed", "ended" -> false;
      case "write" -> {
        written.add(String.valueOf(argument));
        yield Future.succeededFuture();
      }
      case "end" -> {
        written.add("end");
        yield Future.succeededFuture();
      }
      case "drainHandler" -> {
        drained = (Handler<Void>) argument;
        yield proxy;
      }
      default -> proxy;
    };
  }

  private @Nullable Object connection(String method, Object proxy, @Nullable Object argument) {
    closed = closed || method.equals("close");
    return Future.succeededFuture();
  }

  private static <T> T fake(Class<T> type, Calls calls) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (Object proxy, Method method, Object @Nullable [] arguments) ->
                calls.called(method.getName(), proxy, arguments == null ? null : arguments[0])));
  }
}
