package com.visiquate.ccproxy.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.visiquate.ccproxy.bus.ExchangeEnded;
import com.visiquate.ccproxy.fleet.Outcome;
import com.visiquate.ccproxy.simulator.fault.Fault;
import com.visiquate.ccproxy.simulator.model.Profile;
import com.visiquate.ccproxy.simulator.speech.Script;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a collector is told of a request. */
@Tag("endtoend")
final class TracingTest {
  private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
  private static final String SPAN = "00f067aa0ba902b7";
  private static final String QUESTION = "what is secret?";
  private static final List<String> PHASES = List.of("queue", "load", "prompt", "output");
  private static final Profile PACED = Profile.demo().scaled(50).withModels(Recipe.able());

  private final OtlpReceiver collector = new OtlpReceiver();
  private final Stack stack = tracing(collector.port(), "");

  @AfterEach
  void close() {
    stack.close();
    collector.close();
  }

  @Test
  void aRequestContinuesItsClientsTraceAndItsPhasesAreItsWholeTime() throws IOException {
    assertThat(ask(Chat.streamed(QUESTION), "00-" + TRACE + "-" + SPAN + "-01")).isEqualTo(200);
    ExchangeEnded end = drained();

    Span request = collector.named("POST " + Chat.PATH);
    assertThat(request.getKind()).isEqualTo(Span.SpanKind.SPAN_KIND_SERVER);
    assertThat(OtlpReceiver.hex(request.getParentSpanId())).isEqualTo(SPAN);
    assertThat(collector.spans())
        .hasSize(6)
        .allMatch(s -> OtlpReceiver.hex(s.getTraceId()).equals(TRACE));
    assertThat(collector.spans())
        .filteredOn(span -> !span.equals(request))
        .allMatch(span -> span.getParentSpanId().equals(request.getSpanId()))
        .allMatch(span -> span.getStartTimeUnixNano() >= request.getStartTimeUnixNano())
        .allMatch(span -> span.getEndTimeUnixNano() <= request.getEndTimeUnixNano());
    long phases = PHASES.stream().mapToLong(name -> nanos(collector.named(name))).sum();
    assertThat(Duration.ofNanos(phases)).isEqualTo(Duration.ofNanos(nanos(request)));
    assertThat(Duration.ofNanos(phases)).isCloseTo(end.total(), Duration.ofMillis(5));
  }

  @Test
  void theRequestAndTheCallHaveTheNamesOfTheConventions() throws IOException {
    ask(Chat.streamed(QUESTION), "00-" + TRACE + "-" + SPAN + "-01");
    ExchangeEnded end = drained();

    assertThat(OtlpReceiver.attributes(collector.named("POST " + Chat.PATH)))
        .containsEntry("http.request.method", "POST")
        .containsEntry("http.route", Chat.PATH)
        .containsEntry("http.response.status_code", 200L)
        .containsEntry("url.path", Chat.PATH)
        .containsEntry("url.scheme", "http")
        .doesNotContainKey("error.type");
    Span call = collector.named("chat m");
    assertThat(call.getKind()).isEqualTo(Span.SpanKind.SPAN_KIND_CLIENT);
    assertThat(OtlpReceiver.attributes(call))
        .containsEntry("gen_ai.operation.name", "chat")
        .containsEntry("gen_ai.provider.name", "ollama")
        .containsEntry("gen_ai.request.model", "m")
        .containsEntry("gen_ai.response.model", "m")
        .containsEntry("gen_ai.usage.input_tokens", (long) end.counts().promptTokens())
        .containsEntry("gen_ai.usage.output_tokens", (long) end.counts().outputTokens())
        .containsEntry("gen_ai.usage.cache_read.input_tokens", (long) end.counts().cachedTokens())
        .containsEntry("gen_ai.response.finish_reasons", List.of("stop"))
        .containsEntry("gen_ai.conversation.id", end.asked().conversation().id())
        .containsEntry("server.address", "127.0.0.1")
        .containsEntry("server.port", (long) stack.ollama(0).port())
        .doesNotContainKey("error.type");
    assertThat(collector.resource()).containsEntry("service.name", "gateway");
    assertThat(collector.tokens()).isNotEmpty().allMatch("secret"::equals);
    assertThat(collector.spans().toString()).doesNotContain(QUESTION).doesNotContain("the answer");
  }

  @Test
  void anInvalidParentBeginsANewTrace() throws IOException {
    ask(Chat.whole(QUESTION), "00-" + TRACE + "-0000000000000000-01");
    drained();

    Span request = collector.named("POST " + Chat.PATH);
    assertThat(request.getParentSpanId().isEmpty()).isTrue();
    assertThat(OtlpReceiver.hex(request.getTraceId())).isNotEqualTo(TRACE);
  }

  @Test
  void aClientThatWantsNoSpansHasNone() throws IOException {
    ask(Chat.whole(QUESTION), "00-" + TRACE + "-" + SPAN + "-00");
    ask(Chat.whole(QUESTION), "00-" + TRACE + "-" + SPAN + "-01");
    drained();

    assertThat(collector.spans()).filteredOn(s -> s.getName().startsWith("POST")).hasSize(1);
  }

  @Test
  void aFailureSaysItsType() throws IOException {
    stack.ollama(0).inject(Fault.Status.error(500, "boom"));
    assertThat(ask(Chat.whole(QUESTION), "")).isEqualTo(502);
    assertThat(drained().outcome()).isEqualTo(Outcome.BACKEND_ERROR);

    for (String name : List.of("POST " + Chat.PATH, "chat m")) {
      Span span = collector.named(name);
      assertThat(OtlpReceiver.attributes(span)).containsEntry("error.type", "backend_error");
      assertThat(span.getStatus().getCode()).isEqualTo(Status.StatusCode.STATUS_CODE_ERROR);
    }
  }

  @Test
  void whatIsTheClientsFaultIsNoErrorOfOurs() throws IOException {
    assertThat(ask("{\"model\":\"none\",\"messages\":[]}", "")).isBetween(400, 404);
    drained();

    Span span = collector.named("POST " + Chat.PATH);
    assertThat(OtlpReceiver.attributes(span)).containsKey("error.type");
    assertThat(span.getStatus().getCode()).isEqualTo(Status.StatusCode.STATUS_CODE_UNSET);
  }

  @Test
  void otherWorkHasItsOwnNames() throws IOException {
    post("/v1/completions", "{\"model\":\"m\",\"prompt\":\"x\",\"max_tokens\":1}", "");
    drained();

    assertThat(OtlpReceiver.attributes(collector.named("text_completion m")))
        .containsEntry("gen_ai.operation.name", "text_completion")
        .containsEntry("gen_ai.response.finish_reasons", List.of("length"));
  }

  @Test
  void noneAreSentWhenTheShareIsNothingAndNobodyAsks() throws IOException {
    try (Stack quiet = tracing(collector.port(), ", share: 0.0")) {
      try (RawClient client = quiet.asking(Chat.whole(QUESTION))) {
        assertThat(client.reply().status()).isEqualTo(200);
      }
      quiet.nextEnd();
      Waits.done(quiet.gateway().drain());
    }
    assertThat(collector.spans()).isEmpty();
  }

  @Test
  void aCollectorThatIsAwayDisturbsNobody() throws IOException {
    int nobody = collector.port();
    collector.close();
    try (Stack lonely = tracing(nobody, "")) {
      for (int i = 0; i < 20; i++) {
        try (RawClient client = lonely.asking(Chat.whole(QUESTION))) {
          assertThat(client.reply().status()).isEqualTo(200);
        }
        lonely.nextEnd();
      }
      Waits.done(lonely.gateway().drain());
    }
  }

  private ExchangeEnded drained() {
    ExchangeEnded end = stack.nextEnd();
    Waits.done(stack.gateway().drain());
    return end;
  }

  private int ask(String body, String parent) throws IOException {
    return post(Chat.PATH, body, parent);
  }

  private int post(String path, String body, String parent) throws IOException {
    Map<String, String> headers = parent.isEmpty() ? Map.of() : Map.of("traceparent", parent);
    try (RawClient client = stack.client().post(path, body, headers)) {
      return client.reply().status();
    }
  }

  private static Stack tracing(int port, String more) {
    String section =
        "tracing: {endpoint: \"http://127.0.0.1:%d/\", service: gateway, headers: {x-token:"
            + " secret}%s}";
    return Stack.start(Recipe.of(PACED).with(section.formatted(port, more)))
        .answer(QUESTION, Script.text("the answer"));
  }

  private static long nanos(Span span) {
    return span.getEndTimeUnixNano() - span.getStartTimeUnixNano();
  }
}
