package com.visiquate.ccproxy.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.visiquate.ccproxy.bus.BusMessage.Broke;
import com.visiquate.ccproxy.bus.BusMessage.Refused;
import com.visiquate.ccproxy.bus.BusMessage.Said;
import com.visiquate.ccproxy.bus.BusMessage.Why;
import com.visiquate.ccproxy.bus.ExchangeEnded.Asked;
import com.visiquate.ccproxy.chat.ChatEvent;
import com.visiquate.ccproxy.chat.Counts;
import com.visiquate.ccproxy.chat.Failure;
import com.visiquate.ccproxy.chat.FinishReason;
import com.visiquate.ccproxy.dialect.Answer;
import com.visiquate.ccproxy.dialect.ByteSink;
import com.visiquate.ccproxy.fleet.BackendId;
import com.visiquate.ccproxy.fleet.ClientId;
import com.visiquate.ccproxy.fleet.ExchangeId;
import com.visiquate.ccproxy.fleet.Outcome;
import com.visiquate.ccproxy.fleet.Waiting;
import com.visiquate.ccproxy.http.exchange.ClientExchange;
import com.visiquate.ccproxy.http.exchange.ExchangeFacts;
import com.visiquate.ccproxy.http.exchange.ExchangeOwner;
import com.visiquate.ccproxy.http.exchange.Findings;
import com.visiquate.ccproxy.http.exchange.Parts;
import com.visiquate.ccproxy.http.exchange.Report;
import com.visiquate.ccproxy.http.reply.Head;
import com.visiquate.ccproxy.http.reply.Reply;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** One exchange whose parts run side by side. */
final class SeveralPartsTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final Counts COUNTS = new Counts(10, 0, 5, 0, 1, 1);

  private final List<String> begun = new ArrayList<>();
  private final List<String> left = new ArrayList<>();
  private final List<Report> reports = new ArrayList<>();
  private final List<String> sent = new ArrayList<>();

  @Test
  void onlyAFewPartsAreUnderWayAtATime() {
    ClientExchange exchange = exchange(20, true);
    assertThat(begun).hasSize(Parts.MOST_OPEN).startsWith("x", "x-2", "x-3");

    exchange.heard(finished("x-3"), START);

    assertThat(begun).hasSize(Parts.MOST_OPEN + 1).endsWith("x-9");
  }

  @Test
  void partsMaySpeakInAnyOrderAndEndTogether() {
    ClientExchange exchange = exchange(3, true);

    exchange.heard(said("x-3", "c"), START);
    exchange.heard(said("x", "a"), START);
    exchange.heard(finished("x-3"), START);
    exchange.heard(said("x-3", "too late"), START);
    exchange.heard(finished("x"), START);
    assertThat(reports).isEmpty();
    exchange.heard(finished("x-2"), START);

    assertThat(String.join("", sent)).isEqualTo("2:c 0:a 2. 0. 1. ");
    assertThat(reports).hasSize(1);
    assertThat(reports.getFirst().outcome()).isEqualTo(Outcome.COMPLETED);
    assertThat(reports.getFirst().counts().promptTokens()).isEqualTo(30);
    assertThat(left).isEmpty();
  }

  @Test
  void onePartThatFailsTakesTheOthersAlong() {
    ClientExchange exchange = exchange(3, true);
    Failure failure = Failure.of(Failure.Kind.BACKEND_LOST, "lost");

    exchange.heard(
        new Broke(new ExchangeId("x-2"), Plans.PLACED, failure, Outcome.BACKEND_LOST), START);

    assertThat(left).containsExactlyInAnyOrder("x CLIENT_GONE", "x-3 CLIENT_GONE");
    assertThat(reports.getFirst().outcome()).isEqualTo(Outcome.BACKEND_LOST);
    assertThat(sent).containsExactly("fail BACKEND_LOST");
  }

  @Test
  void onePartThatIsRefusedTakesTheOthersAlong() {
    ClientExchange exchange = exchange(2, false);
    Failure failure = Failure.of(Failure.Kind.QUEUE_FULL, "full");

    exchange.answered(new ExchangeId("x-2"), new Refused(failure), START);
    exchange.answered(new ExchangeId("x"), new Refused(failure), START);

    assertThat(left).containsExactly("x CLIENT_GONE");
    assertThat(reports).hasSize(1);
  }

  @Test
  void aClientThatGoesLeavesEveryPartThatIsUnderWay() {
    ClientExchange exchange = exchange(3, true);
    exchange.heard(finished("x-2"), START);

    exchange.clientGone(START);

    assertThat(left).containsExactly("x CLIENT_GONE", "x-3 CLIENT_GONE");
  }

  @Test
  void everyInterleavingEndsExactlyOnce() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int round = 0; round < 200; round++) {
      begun.clear();
      reports.clear();
      int count = 1 + random.nextInt(30);
      ClientExchange exchange = exchange(count, random.nextBoolean());
      List<String> ended = new ArrayList<>();
      while (reports.isEmpty()) {
        List<String> open = begun.stream().filter(part -> !ended.contains(part)).toList();
        String part = open.get(random.nextInt(open.size()));
        boolean ends = random.nextBoolean();
        exchange.heard(ends ? finished(part) : said(part, "a"), START);
        if (ends) {
          ended.add(part);
        }
      }
      assertThat(ended).as("seed %d", seed).hasSize(count).doesNotHaveDuplicates();
      assertThat(begun)
          .as("seed %d", seed)
          .containsExactlyInAnyOrderElementsOf(
              IntStream.range(0, count).mapToObj(i -> i == 0 ? "x" : "x-" + (i + 1)).toList());
    }
  }

  private ClientExchange exchange(int parts, boolean stream) {
    ExchangeFacts facts =
        new ExchangeFacts(
            new ExchangeId("x"),
            Asked.plainly("/v1/completions", "gpt-4", new ClientId("me"), stream, START),
            START.plusSeconds(300),
            Instant.MAX,
            Waiting.DEFAULT);
    ClientExchange exchange =
        new ClientExchange(new Findings(facts), parts, new Echo(), new Log(), new House());
    exchange.begin(part -> begun.add(part.id().value()));
    return exchange;
  }

  private static Said said(String part, String text) {
    return new Said(new ExchangeId(part), Plans.PLACED, List.of(new ChatEvent.Text(text)));
  }

  private static Said finished(String part) {
    ChatEvent end = new ChatEvent.Finished(FinishReason.STOP, COUNTS);
    return new Said(new ExchangeId(part), Plans.PLACED, List.of(end));
  }

  /** Says which part said what. */
  private static final class Echo implements Answer {
    @Override
    public String contentType() {
      return "text/plain";
    }

    @Override
    public void said(ChatEvent event, ByteSink out) {
      throw new AssertionError("the part is missing");
    }

    @Override
    public void said(int part, ChatEvent event, ByteSink out) {
      out.number(part).raw(event instanceof ChatEvent.Text text ? ":" + text.text() : ".").raw(" ");
    }

    @Override
    public void heartbeat(ByteSink out) {}

    @Override
    public void broke(Failure failure, ByteSink out) {}
  }

  private final class Log implements Reply {
    @Override
    public void begin(Head head, String contentType) {}

    @Override
    public void write(byte[] bytes) {
      sent.add(new String(bytes, StandardCharsets.UTF_8));
    }

    @Override
    public void end(byte[] bytes) {
      write(bytes);
    }

    @Override
    public void whole(Head head, String contentType, byte[] body) {
      write(body);
    }

    @Override
    public int fail(Head head, Failure failure) {
      sent.add("fail " + failure.kind());
      return 502;
    }

    @Override
    public void abort() {}

    @Override
    public boolean full() {
      return false;
    }

    @Override
    public void whenDrained(Runnable then) {}
  }

  private final class House implements ExchangeOwner {
    @Override
    public void leave(ExchangeId exchange, Why why) {
      left.add(exchange + " " + why);
    }

    @Override
    public void credit(BackendId backend, ExchangeId exchange, int messages) {}

    @Override
    public void ended(ExchangeFacts facts, Report report) {
      reports.add(report);
    }
  }
}
