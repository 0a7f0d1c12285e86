package com.visiquate.ccproxy.backend;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.visiquate.ccproxy.backend.exchange.EventOutbox;
import com.visiquate.ccproxy.bus.BusMessage.Broke;
import com.visiquate.ccproxy.bus.BusMessage.Ended;
import com.visiquate.ccproxy.bus.BusMessage.FirstToken;
import com.visiquate.ccproxy.bus.BusMessage.GhostGone;
import com.visiquate.ccproxy.bus.BusMessage.Lost;
import com.visiquate.ccproxy.bus.BusMessage.NoRoom;
import com.visiquate.ccproxy.bus.BusMessage.Said;
import com.visiquate.ccproxy.bus.BusMessage.Started;
import com.visiquate.ccproxy.bus.BusMessage.ToIngress;
import com.visiquate.ccproxy.bus.WarmupMessage.NotWarmed;
import com.visiquate.ccproxy.bus.WarmupMessage.WarmReply;
import com.visiquate.ccproxy.bus.WarmupMessage.Warmed;
import com.visiquate.ccproxy.chat.ChatEvent;
import com.visiquate.ccproxy.chat.Failure.Kind;
import com.visiquate.ccproxy.fleet.BackendStatus;
import com.visiquate.ccproxy.fleet.Health;
import com.visiquate.ccproxy.fleet.Limits;
import com.visiquate.ccproxy.fleet.Outcome;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** One Ollama as the house sees it, against a server that says what each test wants. */
@Timeout(60)
final class BackendVerticleTest {
  private Vertx vertx;
  private ScriptedOllama ollama;

  @BeforeEach
  void begin() {
    vertx = Vertx.vertx();
    ollama = new ScriptedOllama(vertx);
  }

  @AfterEach
  void end() {
    Waits.done(vertx.close());
  }

  private House house() {
    return house(Limits.DEFAULT);
  }

  private House house(Limits limits) {
    House house = new House(vertx, ollama.url(), limits);
    house.until(s -> s.health() == Health.UP && !s.loaded().isEmpty() == !ollama.loaded.isEmpty());
    return house;
  }

  /** A request that begins before would be sent as if its model could not even think. */
  @Test
  void isUpOnlyWhenItKnowsWhatItsModelsCanDo() {
    House house = new House(vertx, ollama.url(), Limits.DEFAULT);

    BackendStatus first = Waits.next(house.status);
    while (first.health() != Health.UP) {
      first = Waits.next(house.status);
    }

    assertThat(first.installed())
        .singleElement()
        .satisfies(model -> assertThat(model.capabilities()).contains("tools"));
  }

  @Test
  void sendsNoHeaderButItsOwn() {
    House house = house();
    house.start("x");
    ScriptedOllama.Caller caller = ollama.next();
    assertThat(caller.head())
        .startsWith("POST /api/chat HTTP/1.1")
        .containsIgnoringCase("host: " + ollama.url().getAuthority())
        .containsIgnoringCase("content-length: " + caller.body().length())
        .doesNotContainIgnoringCase("origin:")
        .doesNotContainIgnoringCase("transfer-encoding");
  }

  @Test
  void readsAnAnswerHoweverItIsCut() {
    House house = house();
    assertThat(house.start("x")).isInstanceOf(Started.class);
    ScriptedOllama.Caller caller = ollama.next().begin();
    byte[] stream = ScriptedOllama.Caller.TEXT.formatted("Grüße").getBytes(UTF_8);
    // One chunk for each byte, so that even a letter is cut.
    new String(stream, ISO_8859_1).chars().forEach(c -> caller.chunk(String.valueOf((char) c)));
    caller.done(" end").end();
    assertThat(textOf(house)).isEqualTo("Grüße end");
    assertThat(house.report()).isInstanceOf(FirstToken.class);
    Ended ended = (Ended) house.report();
    assertThat(ended.outcome()).isEqualTo(Outcome.COMPLETED);
    assertThat(ended.counts().promptTokens()).isEqualTo(7);
    assertThat(ended.ghost()).isFalse();
  }

  @Test
  void saysAllEventsOfOneReadInOneMessage() {
    House house = house();
    house.start("x");
    String read =
        ScriptedOllama.Caller.framed(ScriptedOllama.Caller.TEXT.formatted("a"))
            + ScriptedOllama.Caller.framed(ScriptedOllama.Caller.TEXT.formatted("b"))
            + ScriptedOllama.Caller.framed(ScriptedOllama.Caller.TEXT.formatted("c"));
    ollama.next().begin().raw(read);
    assertThat(((Said) house.client()).events()).hasSize(3);
  }

  @Test
  void keepsTheSlotUntilTheResponseHasEnded() {
    House house = house();
    house.start("x");
    ScriptedOllama.Caller caller = ollama.next().begin().done("all");
    house.client();
    assertThat(house.start("y")).isInstanceOf(NoRoom.class);
    caller.end();
    house.report();
    assertThat(house.report()).isInstanceOf(Ended.class);
    assertThat(house.start("y")).isInstanceOf(Started.class);
  }

  @Test
  void saysWhatRunsHere() {
    House house = house();
    assertThat(house.runs("x")).isFalse();
    house.start("x");
    assertThat(house.runs("x")).isTrue();
    assertThat(house.runs("y")).isFalse();
    ollama.next().begin().done("all").end();
    house.report();
    assertThat(house.report()).isInstanceOf(Ended.class);
    assertThat(house.runs("x")).isFalse();
  }

  @Test
  void hidesAFailureBeforeTheFirstEvent() {
    House house = house();
    house.start("x");
    ollama.next().begin().chunk("{\"error\":\"runner died\"}\n").end();
    Lost lost = (Lost) house.report();
    assertThat(lost.elsewhere()).isTrue();
    assertThat(lost.failure().kind()).isEqualTo(Kind.BACKEND_ERROR);
    assertThat(house.client).isEmpty();
    assertThat(house.start("y")).isInstanceOf(Started.class);
  }

  @Test
  void tellsAnErrorLineInTheMiddle() {
    House house = house();
    begun(house).chunk("{\"error\":\"runner died\"}\n").end();
    assertBroke(house, Kind.BACKEND_ERROR, Outcome.BACKEND_ERROR);
  }

  @Test
  void neverTakesASilentEndForAnEnd() {
    House house = house();
    begun(house).end();
    assertBroke(house, Kind.BACKEND_LOST, Outcome.BACKEND_LOST);
  }

  @Test
  void neverTakesAnIncompleteStreamForAnEnd() {
    House house = house();
    begun(house).raw("ff\r\n{\"mess").hangUp();
    assertBroke(house, Kind.BACKEND_LOST, Outcome.BACKEND_LOST);
    house.until(s -> s.health() == Health.SUSPECT);
  }

  @Test
  void tellsWhatOllamaRefused() {
    House house = house();
    house.start("a");
    ollama.next().refuse(503, "server busy, please try again.  maximum pending requests exceeded");
    assertThat(((Lost) house.report()).elsewhere()).isTrue();
    house.start("b");
    ollama.next().refuse(404, "model 'm' not found");
    assertThat(((Lost) house.report()).elsewhere()).isTrue();
    house.start("c");
    ollama.next().refuse(400, "the input length exceeds the context length");
    Lost tooLong = (Lost) house.report();
    assertThat(tooLong.elsewhere()).isFalse();
    assertThat(tooLong.failure().kind()).isEqualTo(Kind.PROMPT_TOO_LONG);
    assertThat(house.client).isEmpty();
  }

  @Test
  void triesOnceMoreWhenAnIdleConnectionWasStale() {
    House house = house();
    house.start("x");
    ollama.next().begin().done("one").end();
    house.report();
    house.report();
    house.start("y");
    ollama.next().hangUp();
    ollama.next().begin().done("two").end();
    assertThat(house.report()).isInstanceOf(FirstToken.class);
    assertThat(((Ended) house.report()).outcome()).isEqualTo(Outcome.COMPLETED);
    assertThat(house.status).noneMatch(s -> s.health() == Health.SUSPECT);
  }

  @Test
  void losesWhatBreaksOnAFreshConnection() {
    House house = house();
    house.start("x");
    ollama.next().hangUp();
    Lost lost = (Lost) house.report();
    assertThat(lost.elsewhere()).isTrue();
    assertThat(lost.failure().kind()).isEqualTo(Kind.BACKEND_LOST);
    assertThat(lost.failure().message()).doesNotContain("127.0.0.1");
    assertThat(ollama.hasNoCaller()).isTrue();
  }

  @Test
  void closesMidStreamWhenTheClientLeaves() throws Exception {
    House house = house();
    ScriptedOllama.Caller caller = begun(house);
    house.stop("x");
    caller.isClosed();
    house.report();
    Ended ended = (Ended) house.report();
    assertThat(ended.outcome()).isEqualTo(Outcome.CLIENT_GONE);
    assertThat(ended.ghost()).isFalse();
    assertThat(house.start("y")).isInstanceOf(Started.class);
  }

  @Test
  void trustsAnOllamaNoLongerInWhichAPromptHangs() throws Exception {
    House house = house();
    house.start("x", Duration.ofMillis(300));
    ScriptedOllama.Caller caller = ollama.next();
    house.stop("x");
    assertThat(((Ended) house.report()).ghost()).isTrue();
    caller.isClosed();
    assertThat(house.report()).isInstanceOf(GhostGone.class);
    BackendStatus status = house.until(s -> s.health() == Health.SUSPECT);
    assertThat(status.reason()).contains("a prompt was not done");
  }

  @Test
  void keepsAGhostWhereAPromptRunsToItsEnd() throws Exception {
    House house = house();
    house.start("x");
    ScriptedOllama.Caller caller = ollama.next();
    house.stop("x");
    assertThat(((Ended) house.report()).ghost()).isTrue();
    assertThat(house.start("y")).isInstanceOf(NoRoom.class);
    assertThat(house.until(s -> s.ghosts() == 1).running()).isZero();
    assertThat(caller.closed()).isNotDone();
    caller.begin().text("first");
    caller.isClosed();
    assertThat(house.report()).isInstanceOf(GhostGone.class);
    assertThat(house.start("y")).isInstanceOf(Started.class);
    assertThat(house.client).isEmpty();
  }

  @Test
  void closesAtOnceWhereAPromptStops() throws Exception {
    ollama.version = "0.33.1";
    House house = house();
    house.start("x");
    ScriptedOllama.Caller caller = ollama.next();
    house.stop("x");
    caller.isClosed();
    assertThat(house.start("y")).isInstanceOf(NoRoom.class);
    Ended ended = (Ended) house.report();
    assertThat(ended.ghost()).isFalse();
    assertThat(house.start("y")).isInstanceOf(Started.class);
  }

  @Test
  void neverAbortsALoad() throws Exception {
    ollama.version = "0.33.1";
    ollama.loaded = "";
    House house = house();
    house.start("x");
    ScriptedOllama.Caller caller = ollama.next();
    house.stop("x");
    assertThat(((Ended) house.report()).ghost()).isTrue();
    assertThat(caller.closed()).isNotDone();
    ollama.loaded = "m:latest";
    caller.isClosed();
    assertThat(house.report()).isInstanceOf(GhostGone.class);
  }

  @Test
  void givesUpWhenTheFirstTokenIsLate() {
    House house = house(House.limits(Duration.ofMillis(50), Duration.ZERO));
    house.start("x");
    ollama.next();
    Broke broke = (Broke) house.client();
    assertThat(broke.failure().kind()).isEqualTo(Kind.BACKEND_TIMEOUT);
    assertThat(((Ended) house.report()).outcome()).isEqualTo(Outcome.TIMEOUT);
  }

  @Test
  void givesUpWhenTheNextTokenIsLate() throws Exception {
    House house = house(House.limits(Duration.ZERO, Duration.ofMillis(50)));
    ScriptedOllama.Caller caller = begun(house);
    assertBroke(house, Kind.BACKEND_TIMEOUT, Outcome.TIMEOUT);
    caller.isClosed();
  }

  @Test
  void givesUpAtTheDeadline() {
    House house = house();
    house.start("x", House.MODEL, Instant.now().plusMillis(50));
    ollama.next();
    Broke broke = (Broke) house.client();
    assertThat(broke.failure().message()).contains("whole request");
    assertThat(((Ended) house.report()).outcome()).isEqualTo(Outcome.TIMEOUT);
  }

  @Test
  void closesWhenTheClientReadsTooSlowly() throws Exception {
    House house = house();
    ScriptedOllama.Caller caller = begun(house);
    for (int i = 0; i < EventOutbox.FIRST_CREDIT - 1; i++) {
      caller.text("t");
      house.client();
    }
    caller.text("x".repeat(EventOutbox.BOUND_BYTES));
    Broke broke = (Broke) house.client();
    assertThat(broke.outcome()).isEqualTo(Outcome.CLIENT_GONE);
    caller.isClosed();
    house.report();
    assertThat(((Ended) house.report()).outcome()).isEqualTo(Outcome.CLIENT_GONE);
  }

  @Test
  void fallsAndComesBack() {
    House house = house();
    ollama.kill();
    house.until(s -> s.health() == Health.DOWN);
    assertThat(house.start("x")).isInstanceOf(NoRoom.class);
    ollama.version = "0.24.1";
    ollama.open();
    house.until(s -> s.health() == Health.UP && s.version().equals("0.24.1"));
    assertThat(house.start("x")).isInstanceOf(Started.class);
  }

  @Test
  void losesARequestThatIsRefusedAConnection() {
    House house = house();
    ollama.kill();
    house.start("x");
    Lost lost = (Lost) house.report();
    assertThat(lost.elsewhere()).isTrue();
    assertThat(lost.failure().message()).doesNotContain("127.0.0.1");
  }

  @Test
  void endsWhatRunsWhenItEnds() throws Exception {
    House house = house();
    ScriptedOllama.Caller caller = begun(house);
    house.undeploy();
    caller.isClosed();
    assertBroke(house, Kind.SHUTTING_DOWN, Outcome.SHUTDOWN);
  }

  @Test
  void loadsAModelOnOrder() {
    House house = house();
    Future<WarmReply> reply = house.askWarm(House.MODEL);
    ScriptedOllama.Caller caller = ollama.next();
    assertThat(caller.body()).contains("\"messages\":[]");
    assertThat(house.start("x", House.model("other"), Instant.MAX)).isInstanceOf(NoRoom.class);
    caller.raw("HTTP/1.1 200 OK\r\nContent-Length: 13\r\n\r\n{\"done\":true}");
    assertThat(Waits.done(reply)).isInstanceOf(Warmed.class);
  }

  @Test
  void loadsNothingThatWouldPushOutWhatRuns() {
    House house = house();
    begun(house);
    NotWarmed reply = (NotWarmed) house.warm(House.model("other"));
    assertThat(reply.failure().kind()).isEqualTo(Kind.NO_BACKEND);
  }

  @Test
  void retiresWhenItsLastExchangeHasEnded() {
    House house = house();
    ScriptedOllama.Caller caller = begun(house);
    Future<Void> retired = house.verticle.retire();
    assertThat(house.start("y")).isInstanceOf(NoRoom.class);
    assertThat(retired.isComplete()).isFalse();
    caller.done("").end();
    Waits.done(retired);
  }

  /** An answer of which the client has its first piece. */
  private ScriptedOllama.Caller begun(House house) {
    house.start("x");
    ScriptedOllama.Caller caller = ollama.next().begin().text("first");
    assertThat(house.client()).isInstanceOf(Said.class);
    return caller;
  }

  private static void assertBroke(House house, Kind kind, Outcome outcome) {
    Broke broke = (Broke) house.client();
    assertThat(broke.failure().kind()).isEqualTo(kind);
    assertThat(broke.outcome()).isEqualTo(outcome);
    assertThat(house.report()).isInstanceOf(FirstToken.class);
    Ended ended = (Ended) house.report();
    assertThat(ended.outcome()).isEqualTo(outcome);
    assertThat(ended.ghost()).isFalse();
  }

  private static String textOf(House house) {
    List<ChatEvent> events = new ArrayList<>();
    while (events.stream().noneMatch(ChatEvent.Finished.class::isInstance)) {
      ToIngress message = house.client();
      events.addAll(((Said) message).events());
    }
    StringBuilder text = new StringBuilder();
    events.forEach(
        event -> {
          if (event instanceof ChatEvent.Text piece) {
            text.append(piece.text());
          }
        });
    return text.toString();
  }
}
