package com.visiquate.ccproxy.http;

import static com.visiquate.ccproxy.http.FakeStages.next;
import static org.assertj.core.api.Assertions.assertThat;

import com.visiquate.ccproxy.LoggedBugs;
import com.visiquate.ccproxy.bus.ExchangeEnded;
import com.visiquate.ccproxy.chat.ChatEvent;
import com.visiquate.ccproxy.chat.Failure.Kind;
import com.visiquate.ccproxy.chat.FinishReason;
import com.visiquate.ccproxy.fleet.ExchangeId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A bug ends one answer, and all others go on. The bug is something absent where nothing may be.
 */
@Timeout(60)
@SuppressWarnings("NullAway") // a null where there must be none is the bug
final class HttpBugTest {
  private static final String STREAM =
      "{\"model\":\"gpt-4\",\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}";
  private static final String WHOLE = STREAM.replace("true", "false");
  private final LoggedBugs bugs = new LoggedBugs();
  private Gateway gateway;
  private RawClient client;
  private RawClient other;

  @BeforeEach
  void start() throws Exception {
    gateway = new Gateway();
    client = gateway.client();
    other = gateway.client();
  }

  @AfterEach
  void stop() throws Exception {
    client.close();
    other.close();
    gateway.close();
    bugs.close();
  }

  @Test
  void answersWithAnError() throws Exception {
    client.post(WHOLE);
    ExchangeId bad = next(gateway.stages.submits).exchange();
    other.post(WHOLE);
    ExchangeId good = next(gateway.stages.submits).exchange();

    gateway.stages.say(bad, new ChatEvent.Finished(FinishReason.STOP, null));
    assertThat(client.response()).startsWith("HTTP/1.1 500 ").contains("The gateway failed");
    assertEndedByBug(bad);

    gateway.stages.finish(good);
    assertThat(other.response()).startsWith("HTTP/1.1 200 ");
  }

  @Test
  void closesAStreamThatHasBegun() throws Exception {
    client.post(STREAM);
    ExchangeId bad = next(gateway.stages.submits).exchange();
    gateway.stages.text(bad, "a");
    client.until("\r\n\r\n");

    gateway.stages.say(bad, new ChatEvent.Text(null));
    assertThat(client.isClosed()).isTrue();
    assertEndedByBug(bad);
  }

  private void assertEndedByBug(ExchangeId exchange) throws Exception {
    ExchangeEnded ended = next(gateway.stages.ended);
    assertThat(ended.exchange()).isEqualTo(exchange);
    assertThat(ended.failure().kind()).isEqualTo(Kind.INTERNAL);
    assertThat(next(gateway.stages.leaves).exchange()).isEqualTo(exchange);
    assertThat(bugs.lines()).containsExactly("exchange=" + exchange + " record=Said");
  }
}
