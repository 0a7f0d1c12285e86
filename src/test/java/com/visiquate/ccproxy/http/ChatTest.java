package com.visiquate.ccproxy.http;

import static com.visiquate.ccproxy.http.FakeStages.next;
import static org.assertj.core.api.Assertions.assertThat;

import com.visiquate.ccproxy.bus.Address;
import com.visiquate.ccproxy.bus.Announcement.Draining;
import com.visiquate.ccproxy.bus.BusMessage.Credit;
import com.visiquate.ccproxy.bus.BusMessage.Refused;
import com.visiquate.ccproxy.bus.BusMessage.Submit;
import com.visiquate.ccproxy.bus.BusMessage.Why;
import com.visiquate.ccproxy.bus.ExchangeEnded;
import com.visiquate.ccproxy.chat.ChatEvent;
import com.visiquate.ccproxy.chat.Failure;
import com.visiquate.ccproxy.chat.FinishReason;
import com.visiquate.ccproxy.dialect.Family;
import com.visiquate.ccproxy.fleet.ExchangeId;
import com.visiquate.ccproxy.fleet.Outcome;
import com.visiquate.ccproxy.fleet.Priority;
import com.visiquate.ccproxy.http.reply.RetryAfter;
import com.visiquate.ccproxy.http.reply.Status;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A chat from its first byte to its last, over real sockets. */
final class ChatTest {
  private static final String STREAM =
      "{\"model\":\"gpt-4\",\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}";
  private static final String WHOLE = STREAM.replace("true", "false");
  private static final String END = "data: [DONE]\n\n\r\n0\r\n\r\n";

  private Gateway gateway;
  private FakeStages stages;
  private RawClient client;

  @BeforeEach
  void start() throws Exception {
    gateway = new Gateway();
    stages = gateway.stages;
    client = gateway.client();
  }

  @AfterEach
  void stop() throws Exception {
    client.close();
    gateway.close();
  }

  @Test
  void submitsWhatItUnderstood() throws Exception {
    client.post(STREAM, "x-ccproxy-client: tester", "x-ccproxy-priority: Background");
    Submit submit = next(stages.submits);
    assertThat(submit.exchange().value()).matches("[a-z2-7]{24}");
    assertThat(submit.request().model()).isEqualTo("gpt-4");
    assertThat(submit.client().value()).isEqualTo("tester");
    assertThat(submit.priority()).isEqualTo(Priority.BACKGROUND);
    assertThat(submit.deadline()).isEqualTo(gateway.clock.instant().plusSeconds(300));
  }

  @Test
  void streamsWithExactFraming() throws Exception {
    client.post(STREAM);
    ExchangeId id = next(stages.submits).exchange();
    stages.text(id, "Hel");
    String head = client.until("\r\n\r\n");
    assertThat(head)
        .startsWith("HTTP/1.1 200 OK\r\n")
        .containsIgnoringCase("content-type: text/event-stream; charset=utf-8\r\n")
        .containsIgnoringCase("cache-control: no-cache\r\n")
        .containsIgnoringCase("x-accel-buffering: no\r\n")
        .containsIgnoringCase("x-request-id: " + id + "\r\n")
        .containsIgnoringCase("x-ccproxy-backend: one\r\n")
        .containsIgnoringCase("x-ccproxy-model: fast\r\n")
        .containsIgnoringCase("x-ccproxy-queue-ms: 7\r\n")
        .containsIgnoringCase("x-ccproxy-attempts: 1\r\n")
        .doesNotContainIgnoringCase("content-length")
        .doesNotContainIgnoringCase("content-encoding");
    assertThat(client.until("\"Hel\"},\"logprobs\":null,\"finish_reason\":null}]}\n\n\r\n"))
        .contains("data: {\"id\":\"chatcmpl-" + id);
    stages.finish(id);
    assertThat(client.until("0\r\n\r\n")).endsWith(END).contains("\"finish_reason\":\"stop\"");
  }

  @Test
  void writesTheEventsOfOneReadAtOnce() throws Exception {
    client.post(STREAM);
    ExchangeId id = next(stages.submits).exchange();
    stages.say(
        id,
        new ChatEvent.Text("a"),
        new ChatEvent.Text("b"),
        new ChatEvent.Finished(FinishReason.STOP, FakeStages.COUNTS));
    client.until("\r\n\r\n");
    String size = client.until("\r\n").strip();
    String chunks = client.until("0\r\n\r\n");
    assertThat(chunks).hasSize(Integer.parseInt(size, 16) + "\r\n0\r\n\r\n".length()).endsWith(END);
  }

  @Test
  void answersWholeWithALength() throws Exception {
    client.post(WHOLE);
    ExchangeId id = next(stages.submits).exchange();
    stages.text(id, "Hello");
    stages.finish(id);
    assertThat(client.response())
        .startsWith("HTTP/1.1 200 OK\r\n")
        .containsIgnoringCase("x-ccproxy-backend: one\r\n")
        .doesNotContainIgnoringCase("transfer-encoding")
        .contains("\"content\":\"Hello\"");
  }

  @Test
  void usesAConnectionAgainAfterEveryKindOfAnswer() throws Exception {
    for (String body : new String[] {STREAM, WHOLE, "", STREAM, WHOLE}) {
      client.post(body);
      if (body.isEmpty()) {
        assertThat(client.response()).startsWith("HTTP/1.1 400 ");
        continue;
      }
      stages.finish(next(stages.submits).exchange());
      if (body.equals(STREAM)) {
        client.until(END);
      } else {
        client.response();
      }
    }
    for (int i = 0; i < 5; i++) {
      assertThat(next(stages.ended).outcome())
          .isEqualTo(i == 2 ? Outcome.REFUSED : Outcome.COMPLETED);
    }
  }

  @Test
  void answersPipelinedRequestsInOrder() throws Exception {
    client.post(WHOLE).post(STREAM);
    ExchangeId first = next(stages.submits).exchange();
    assertThat(stages.submits).isEmpty();
    stages.finish(first);
    client.response();
    stages.finish(next(stages.submits).exchange());
    client.until(END);
  }

  @Test
  void keepsAWaitingStreamAlive() throws Exception {
    client.post(STREAM);
    ExchangeId id = next(stages.submits).exchange();
    gateway.clock.advance(Duration.ofSeconds(10));
    assertThat(client.until("\r\n\r\n"))
        .startsWith("HTTP/1.1 200 OK")
        .containsIgnoringCase("x-ccproxy-model: fast")
        .doesNotContainIgnoringCase("x-ccproxy-backend");
    assertThat(client.until("\n\r\n")).endsWith("7\r\n: ping\n\r\n");
    gateway.clock.advance(Duration.ofSeconds(10));
    assertThat(client.until("\n\r\n")).isEqualTo("7\r\n: ping\n\r\n");
    stages.finish(id);
    client.until(END);
    assertThat(next(stages.ended).total()).isEqualTo(Duration.ofSeconds(20));
  }

  @ParameterizedTest
  @EnumSource(Failure.Kind.class)
  void tellsAnEarlyFailureByItsStatus(Failure.Kind kind) throws Exception {
    stages.admission = new Refused(Failure.of(kind, "It went wrong."));
    client.post(STREAM);
    int status = Status.of(kind, Family.OPENAI_CHAT);
    String response = client.response();
    assertThat(response)
        .startsWith("HTTP/1.1 " + status + " ")
        .containsIgnoringCase("content-type: application/json")
        .containsIgnoringCase("x-request-id: ")
        .contains("{\"error\":{\"message\":");
    assertThat(RawClient.value(response, "retry-after").isEmpty())
        .isEqualTo(!Boolean.TRUE.equals(RetryAfter.advised(kind)));
    ExchangeEnded ended = next(stages.ended);
    assertThat(ended.status()).isEqualTo(status);
    assertThat(ended.outcome()).isEqualTo(Outcome.REFUSED);
  }

  @Test
  void tellsALateFailureInTheStream() throws Exception {
    client.post(STREAM);
    ExchangeId id = next(stages.submits).exchange();
    stages.text(id, "a");
    stages.fail(id, Failure.Kind.BACKEND_LOST, Outcome.BACKEND_LOST);
    assertThat(client.until("0\r\n\r\n")).contains("data: {\"error\":{").doesNotContain("stop");
    assertThat(next(stages.ended).outcome()).isEqualTo(Outcome.BACKEND_LOST);
  }

  @Test
  void noticesAClientThatLeavesWhileItWaits() throws Exception {
    client.post(WHOLE);
    ExchangeId id = next(stages.submits).exchange();
    client.reset();
    leftOnce(id, 0);
  }

  @Test
  void noticesAClientThatLeavesInMidStream() throws Exception {
    client.post(STREAM);
    ExchangeId id = next(stages.submits).exchange();
    stages.text(id, "a");
    client.until("\"a\"");
    client.close();
    leftOnce(id, 200);
  }

  @Test
  void countsAClientThatLeavesWithinItsBody() throws Exception {
    client.send("POST /v1/chat/completions HTTP/1.1\r\nHost: x\r\nContent-Length: 99\r\n\r\n{");
    client.close();
    assertThat(next(stages.ended).outcome()).isEqualTo(Outcome.CLIENT_GONE);
    assertThat(stages.submits).isEmpty();
    assertThat(stages.leaves).isEmpty();
  }

  @Test
  void endsWhatTakesTooLong() throws Exception {
    client.post(WHOLE);
    ExchangeId id = next(stages.submits).exchange();
    gateway.clock.advance(Duration.ofSeconds(301));
    assertThat(client.response()).startsWith("HTTP/1.1 504 ");
    assertThat(next(stages.leaves).why()).isEqualTo(Why.TIMEOUT);
    stages.finish(id);
    assertThat(next(stages.ended).outcome()).isEqualTo(Outcome.TIMEOUT);
  }

  @Test
  void aSlowReaderGetsNoMoreCreditUntilItReads() throws Exception {
    client.post(STREAM);
    ExchangeId id = next(stages.submits).exchange();
    String large = "x".repeat(1 << 18);
    int sent = 0;
    // As a backend would: 64 messages, then one for each that is paid back.
    for (int credit = 64; credit > 0 && sent < 200; credit--) {
      stages.text(id, large);
      sent++;
      if (stages.controls.poll(20, TimeUnit.MILLISECONDS) instanceof Credit more) {
        credit += more.messages();
      }
    }
    assertThat(sent).isLessThan(200);
    client.until("data: ");
    stages.finish(id);
    assertThat(client.until(END)).isNotEmpty();
    assertThat(next(stages.ended).outcome()).isEqualTo(Outcome.COMPLETED);
  }

  @Test
  void aReaderThatKeepsUpIsPaidInBatches() throws Exception {
    client.post(WHOLE);
    ExchangeId id = next(stages.submits).exchange();
    for (int i = 0; i < 32; i++) {
      stages.text(id, "a");
    }
    assertThat(next(stages.controls)).isEqualTo(new Credit(id, 16));
    assertThat(next(stages.controls)).isEqualTo(new Credit(id, 16));
  }

  @Test
  @Timeout(10)
  void drainsInOrder() throws Exception {
    client.post(STREAM);
    ExchangeId id = next(stages.submits).exchange();
    stages.text(id, "a");
    client.until("\"a\"");
    stages.bus().publish(Address.DRAINING, new Draining(gateway.clock.instant().plusSeconds(30)));
    try (RawClient late = gateway.client()) {
      untilNotReady();
      assertThat(late.post(STREAM).response())
          .startsWith("HTTP/1.1 503 ")
          .containsIgnoringCase("connection: close");
      assertThat(late.isClosed()).isTrue();
    }
    stages.text(id, "still");
    client.until("\"still\"");
    gateway.clock.advance(Duration.ofSeconds(30));
    assertThat(client.until("0\r\n\r\n")).contains("data: {\"error\":{");
    assertThat(next(stages.leaves).why()).isEqualTo(Why.SHUTDOWN);
  }

  @Test
  void undeployingEndsEveryExchange() throws Exception {
    client.post(WHOLE);
    next(stages.submits);
    Gateway.done(gateway.vertx.undeploy(gateway.deployment));
    assertThat(client.response()).startsWith("HTTP/1.1 503 ");
    assertThat(next(stages.ended).outcome()).isEqualTo(Outcome.SHUTDOWN);
    assertThat(client.isClosed()).isTrue();
  }

  private void untilNotReady() throws Exception {
    String readiness;
    do {
      // The news travels on the bus, the question on the socket: either may be first.
      try (RawClient probe = gateway.client()) {
        readiness = probe.get("/health/readiness").response();
      }
    } while (!readiness.startsWith("HTTP/1.1 503 "));
  }

  private void leftOnce(ExchangeId id, int status) throws Exception {
    assertThat(next(stages.leaves).exchange()).isEqualTo(id);
    ExchangeEnded ended = next(stages.ended);
    assertThat(ended.outcome()).isEqualTo(Outcome.CLIENT_GONE);
    assertThat(ended.status()).isEqualTo(status);
    stages.finish(id);
    Gateway.done(gateway.vertx.undeploy(gateway.deployment));
    assertThat(stages.leaves).isEmpty();
    assertThat(stages.ended).isEmpty();
  }
}
