package com.visiquate.ccproxy.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.visiquate.ccproxy.simulator.fault.Extent;
import com.visiquate.ccproxy.simulator.fault.Fault;
import com.visiquate.ccproxy.simulator.model.Capability;
import com.visiquate.ccproxy.simulator.model.Profile;
import com.visiquate.ccproxy.simulator.model.SimulatedModel;
import com.visiquate.ccproxy.simulator.speech.Gate;
import com.visiquate.ccproxy.simulator.speech.Script;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Each fault as the bytes on the socket. */
final class FaultsTest {
  private static final String HELLO =
      "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}";
  private static final String LAST_CHUNK = "0\r\n\r\n";

  private Vertx vertx;
  private Simulator simulator;

  @BeforeEach
  void open() throws Exception {
    vertx = Vertx.vertx();
    Profile profile =
        Profile.instant().withModels(SimulatedModel.plain("m", Capability.COMPLETION));
    simulator = Running.done(Simulator.start(vertx, profile));
    simulator.script(ask -> java.util.Optional.of(Script.text("a", "é", "c")));
  }

  @AfterEach
  void close() throws Exception {
    Running.done(vertx.close());
  }

  @Test
  void withoutAFaultTheStreamEndsWithDone() throws IOException {
    assertThat(chat()).contains("\"done\":true").endsWith(LAST_CHUNK);
  }

  @Test
  void aRefusedConnectionMeetsNobodyUntilHealed() throws Exception {
    Running.done(simulator.inject(new Fault.Refuse()));
    assertThatThrownBy(this::chat).isInstanceOf(IOException.class);
    Running.done(simulator.heal());
    assertThat(chat()).contains("\"done\":true");
  }

  /** The next who asks for any port must not get it and answer instead. */
  @Test
  void aClosedPortIsNobodyElses() throws Exception {
    Running.done(simulator.inject(new Fault.Refuse()));
    try (ServerSocket other = new ServerSocket()) {
      other.setReuseAddress(false);
      InetSocketAddress same =
          new InetSocketAddress(InetAddress.getLoopbackAddress(), simulator.port());
      assertThatThrownBy(() -> other.bind(same)).isInstanceOf(BindException.class);
    }
    Running.done(simulator.heal());
    assertThat(chat()).contains("\"done\":true");
  }

  @Test
  void aHangSendsNothing() throws Exception {
    simulator.inject(new Fault.Hang());
    try (RawExchange hung = Running.inBackground(simulator, HELLO)) {
      Running.await(simulator, seen -> seen.requests("/api/chat") == 1);
      assertThat(hung.available()).isZero();
    }
    assertThat(chat()).contains("\"done\":true");
  }

  @Test
  void aStatusComesWithItsBody() throws IOException {
    simulator.inject(Fault.Status.error(503, "busy"));
    assertThat(chat()).startsWith("HTTP/1.1 503 ").endsWith("{\"error\":\"busy\"}");
  }

  @Test
  void aMalformedLineStandsBetweenGoodOnes() throws IOException {
    simulator.inject(new Fault.MalformedLine(1));
    assertThat(chat()).contains("\r\n{\"model\":\"\n\r\n").contains("\"done\":true");
  }

  @Test
  void aTornStreamSplitsLinesAndLetters() throws IOException {
    simulator.inject(new Fault.Torn());
    Recording torn = Recording.parse(chatBytes());
    assertThat(torn.chunks()).hasSizeGreaterThan(300);
    assertThat(torn.chunks()).filteredOn(chunk -> chunk.equals("\uFFFD")).hasSize(2);
  }

  @Test
  void aResetComesAfterTheLines() throws IOException {
    simulator.inject(new Fault.Reset(2));
    try (RawExchange exchange = Running.inBackground(simulator, HELLO)) {
      exchange.all();
      assertThat(exchange.wasReset()).isTrue();
    }
  }

  @Test
  void aSilentEndIsProperButNotDone() throws IOException {
    simulator.inject(new Fault.SilentEnd(2));
    assertThat(chat()).doesNotContain("\"done\":true").contains("é").endsWith(LAST_CHUNK);
  }

  @Test
  void aTruncatedStreamLacksTheLastChunk() throws IOException {
    simulator.inject(new Fault.Truncated(2));
    assertThat(chat()).contains("é").doesNotContain("\"c\"").doesNotEndWith(LAST_CHUNK);
  }

  @Test
  void anErrorLineEndsTheStreamProperly() throws IOException {
    simulator.inject(Fault.ErrorLine.runnerKilled(2));
    assertThat(chat())
        .contains("4d\r\n{\"error\":\"an error was encountered while running the model")
        .endsWith(LAST_CHUNK);
  }

  @Test
  void faultsMeetAsManyAsTheyAreMeantFor() throws IOException {
    simulator.inject(Fault.Status.error(500, "x"), new Extent.Next(2));
    assertThat(chat()).startsWith("HTTP/1.1 500 ");
    assertThat(chat()).startsWith("HTTP/1.1 500 ");
    assertThat(chat()).startsWith("HTTP/1.1 200 ");
  }

  @Test
  void aShareMeetsSome() throws IOException {
    simulator.inject(Fault.Status.error(500, "x"), new Extent.Share(0.5));
    int met = 0;
    for (int i = 0; i < 40; i++) {
      met += chat().startsWith("HTTP/1.1 500 ") ? 1 : 0;
    }
    assertThat(met).isBetween(8, 32);
  }

  @Test
  void aKilledServerCutsAndForgetsAndComesBack() throws Exception {
    simulator.script(Script.text("a").then(new Script.Step.Hold(new Gate())));
    try (RawExchange cut = Running.inBackground(simulator, HELLO)) {
      cut.until("\"content\":\"a\"");
      int port = simulator.port();
      Running.done(simulator.kill());
      assertThat(cut.all()).doesNotEndWith(LAST_CHUNK);
      assertThatThrownBy(this::chat).isInstanceOf(IOException.class);
      Running.done(simulator.restart());
      assertThat(simulator.port()).isEqualTo(port);
    }
    assertThat(simulator.seen().runningNow()).isZero();
    assertThat(ask(RawExchange.get("/api/ps"))).endsWith("{\"models\":[]}");
    assertThat(chat()).contains("\"done\":true");
  }

  @Test
  void slowPsDelaysOnlyPs() throws IOException {
    simulator.inject(new Fault.SlowPs(Duration.ofHours(1)), new Extent.Always());
    try (RawExchange ps = new RawExchange(simulator, RawExchange.get("/api/ps"))) {
      assertThat(chat()).contains("\"done\":true");
      assertThat(ps.available()).isZero();
    }
  }

  @Test
  void theShellArmsFaultsAndReadsCounters() throws IOException {
    ask(RawExchange.post("/__fault", "{\"fault\":\"status\",\"status\":503,\"next\":1}"));
    assertThat(chat()).startsWith("HTTP/1.1 503 ");
    assertThat(chat()).startsWith("HTTP/1.1 200 ");
    assertThat(ask(RawExchange.get("/__seen"))).contains("\"/api/chat\":2");
    assertThat(ask(RawExchange.post("/__fault", "{\"fault\":\"x\"}"))).contains(" 400 ");
  }

  @Test
  void anOpenedGateLetsTheAnswerGoOn() throws IOException {
    Gate gate = new Gate();
    simulator.script(Script.text("a").then(new Script.Step.Hold(gate)).then(Script.text("b")));
    try (RawExchange held = Running.inBackground(simulator, HELLO)) {
      held.until("\"content\":\"a\"");
      gate.open();
      assertThat(held.all()).contains("\"content\":\"b\"").endsWith(LAST_CHUNK);
    }
  }

  private String chat() throws IOException {
    return new String(chatBytes(), java.nio.charset.StandardCharsets.UTF_8);
  }

  private byte[] chatBytes() throws IOException {
    try (RawExchange exchange = Running.inBackground(simulator, HELLO)) {
      return exchange.bytes();
    }
  }

  private String ask(String request) throws IOException {
    try (RawExchange exchange = new RawExchange(simulator, request)) {
      return exchange.all();
    }
  }
}
