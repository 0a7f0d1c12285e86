package com.visiquate.ccproxy.http.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import com.visiquate.ccproxy.bus.ExchangeEnded.Asked;
import com.visiquate.ccproxy.chat.ChatEvent;
import com.visiquate.ccproxy.chat.Counts;
import com.visiquate.ccproxy.chat.Embedding;
import com.visiquate.ccproxy.chat.FinishReason;
import com.visiquate.ccproxy.dialect.ByteSink;
import com.visiquate.ccproxy.dialect.Decoded;
import com.visiquate.ccproxy.dialect.Identity;
import com.visiquate.ccproxy.dialect.ollama.NativeDialect;
import com.visiquate.ccproxy.dialect.ollama.NativeEndpoints;
import com.visiquate.ccproxy.fleet.ClientId;
import com.visiquate.ccproxy.fleet.ExchangeId;
import com.visiquate.ccproxy.fleet.Waiting;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class FindingsTest {
  private static final Instant START = Instant.parse("2026-11-29T12:00:00Z");
  private static final String BODY =
      "{\"model\":\"m\",\"stream\":false,\"prompt\":\"hi\",\"input\":\"hi\","
          + "\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}";

  static Stream<Arguments> endpoints() {
    return Stream.of(
        Arguments.of("chat", NativeEndpoints.CHAT),
        Arguments.of("generate", NativeEndpoints.GENERATE),
        Arguments.of("embed", NativeEndpoints.EMBED));
  }

  /** Ten seconds went by; Ollama knows of three of them. */
  @ParameterizedTest
  @MethodSource("endpoints")
  void theWholeTimeIsTold(String name, NativeDialect dialect) {
    Findings findings = new Findings(facts());
    Decoded.Understood request =
        (Decoded.Understood) dialect.decode(BODY.getBytes(StandardCharsets.UTF_8));
    var answer = dialect.answer(request, new Identity("x", START.getEpochSecond(), "m"));
    Counts counts = new Counts(5, 0, 2, 1_000_000_000, 500_000_000, 1_500_000_000);
    ByteSink out = new ByteSink();

    if (name.equals("embed")) {
      answer.said(0, new ChatEvent.Embedded(List.of(new Embedding(1f))), out);
    }
    ChatEvent end = new ChatEvent.Finished(FinishReason.STOP, counts);
    answer.said(0, findings.told(end, START.plusSeconds(10)), out);

    assertThat(new String(out.take(), StandardCharsets.UTF_8))
        .contains("\"total_duration\":10000000000,\"load_duration\":1000000000,");
  }

  private static ExchangeFacts facts() {
    return new ExchangeFacts(
        new ExchangeId("x"),
        Asked.plainly("/api/chat", "m", new ClientId("me"), false, START),
        START.plusSeconds(300),
        START.plusSeconds(300),
        Waiting.DEFAULT);
  }
}
