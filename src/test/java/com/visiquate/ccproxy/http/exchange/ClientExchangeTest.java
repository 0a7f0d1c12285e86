package com.visiquate.ccproxy.http.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import com.visiquate.ccproxy.bus.BusMessage.Admitted;
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
import com.visiquate.ccproxy.dialect.Family;
import com.visiquate.ccproxy.fleet.BackendId;
import com.visiquate.ccproxy.fleet.ClientId;
import com.visiquate.ccproxy.fleet.ExchangeId;
import com.visiquate.ccproxy.fleet.Outcome;
import com.visiquate.ccproxy.fleet.Waiting;
import com.visiquate.ccproxy.http.Plans;
import com.visiquate.ccproxy.http.reply.Head;
import com.visiquate.ccproxy.http.reply.Reply;
import com.visiquate.ccproxy.http.reply.Status;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ClientExchangeTest {
  private static final Instant START = Instant.parse("2026-11-21T12:00:00Z");
  private static final ExchangeId ID = new ExchangeId("x1");
  private static final Failure LOST = Failure.of(Failure.Kind.BACKEND_LOST, "lost");
  private static final Counts COUNTS = new Counts(3, 0, 2, 0, 1, 1);

  private final List<String> log = new ArrayList<>();
  private final FakeReply reply = new FakeReply();
  private final FakeSurroundings surroundings = new FakeSurroundings();

  @Test
  void sendsNothingBeforeItsFirstWord() {
    ClientExchange exchange = admitted(true);
    exchange.tick(at(9_999));
    assertThat(log).isEmpty();
    exchange.heard(said("hi"), at(9_999));
    assertThat(log).containsExactly("begin one", "write hi");
  }

  @Test
  void commitsAWaitingStreamAndKeepsItAlive() {
    ClientExchange exchange = admitted(true);
    exchange.tick(at(10_000));
    exchange.tick(at(19_999));
    exchange.tick(at(20_000));
    assertThat(log).containsExactly("begin nowhere", "write ping", "write ping");
  }

  @Test
  void doesNotCommitBeforeItIsAdmitted() {
    ClientExchange exchange = exchange(true);
    exchange.tick(at(15_000));
    exchange.answered(ID, new Refused(Failure.of(Failure.Kind.QUEUE_FULL, "full")), at(15_001));
    assertThat(log).containsExactly("fail QUEUE_FULL", "ended REFUSED 503");
  }

  @Test
  void refusesWhatNobodyAnswers() {
    ClientExchange exchange = exchange(true);
    exchange.tick(at(1_000));
    exchange.tick(at(11_000));
    assertThat(log).isEmpty();
    exchange.tick(at(11_001));
    assertThat(log).containsExactly("leave TIMEOUT", "fail INTERNAL", "ended REFUSED 500");
  }

  @Test
  void beatsAlsoBetweenWords() {
    ClientExchange exchange = admitted(true);
    exchange.heard(said("a"), at(1_000));
    exchange.tick(at(10_999));
    exchange.tick(at(11_000));
    assertThat(log).containsExactly("begin one", "write a", "write ping");
  }

  /** Hidden thinking: the model goes on, the client sees nothing of it. */
  @Test
  void beatsWhileWordsBecomeNoBytes() {
    ClientExchange exchange = admitted(true);
    exchange.heard(said("a"), at(1_000));
    for (int time = 2_000; time <= 21_000; time += 1_000) {
      exchange.heard(said(""), at(time));
      exchange.tick(at(time));
    }
    assertThat(log).filteredOn(line -> line.equals("write ping")).hasSize(2);
  }

  @Test
  void beatsBeforeAWholeAnswerToo() {
    ClientExchange exchange = admitted(false);
    exchange.tick(at(100_000));
    assertThat(log).containsExactly("begin nowhere", "write ping");
    exchange.heard(finished("b"), at(100_002));
    assertThat(log).endsWith("end b.", "ended COMPLETED 200");
  }

  @Test
  void isWholeWhenNobodyHadToWait() {
    ClientExchange exchange = admitted(false);
    exchange.heard(said("a"), at(1));
    assertThat(log).isEmpty();
    exchange.heard(finished("b"), at(2));
    assertThat(log).containsExactly("whole ab.", "ended COMPLETED 200");
  }

  @Test
  void tellsWithItsStatusWhatFailsAfterABeatOfAWholeAnswer() {
    ClientExchange exchange = admitted(false);
    exchange.tick(at(100_000));
    exchange.heard(broke(Outcome.BACKEND_LOST), at(100_001));
    assertThat(log).endsWith("write ping", "end broke", "ended BACKEND_LOST 200");
  }

  @Test
  void writesTheLastWordsAndTheEndAtOnce() {
    ClientExchange exchange = admitted(true);
    exchange.heard(finished("all"), at(5));
    assertThat(log).containsExactly("begin one", "end all.", "ended COMPLETED 200");
    assertThat(surroundings.report().counts()).isEqualTo(COUNTS);
    assertThat(surroundings.report().firstToken()).isEqualTo(Duration.ofMillis(5));
  }

  @Test
  void aFailureBeforeTheCommitHasItsOwnStatus() {
    ClientExchange exchange = admitted(true);
    exchange.heard(broke(Outcome.BACKEND_LOST), at(5));
    assertThat(log).containsExactly("fail BACKEND_LOST", "ended BACKEND_LOST 502");
  }

  @Test
  void aFailureAfterTheCommitIsToldInTheStream() {
    ClientExchange exchange = admitted(true);
    exchange.heard(said("a"), at(5));
    exchange.heard(broke(Outcome.BACKEND_LOST), at(6));
    assertThat(log).containsExactly("begin one", "write a", "end broke", "ended BACKEND_LOST 200");
  }

  @Test
  void theClientLeavingIsToldOnce() {
    ClientExchange exchange = admitted(true);
    exchange.clientGone(at(5));
    exchange.clientGone(at(6));
    exchange.heard(said("late"), at(7));
    exchange.tick(at(500_000));
    assertThat(log).containsExactly("leave CLIENT_GONE", "ended CLIENT_GONE 0");
  }

  @Test
  void timeBeingUpIsToldTruthfully() {
    ClientExchange exchange = admitted(false);
    exchange.tick(at(9_999));
    assertThat(log).isEmpty();
    exchange.tick(at(300_251));
    assertThat(log).containsExactly("leave TIMEOUT", "fail BACKEND_TIMEOUT", "ended TIMEOUT 504");
  }

  @Test
  void shuttingDownEndsARunningStreamInItsOwnForm() {
    ClientExchange exchange = admitted(true);
    exchange.heard(said("a"), at(5));
    exchange.shutDown(at(6));
    assertThat(log)
        .containsExactly(
            "begin one", "write a", "leave SHUTDOWN", "end broke", "ended SHUTDOWN 200");
  }

  @Test
  void paysMessagesBackInBatches() {
    ClientExchange exchange = admitted(false);
    for (int i = 0; i < 33; i++) {
      exchange.heard(said("a"), at(i));
    }
    assertThat(log).containsExactly("credit one 16", "credit one 16");
  }

  @Test
  void paysNothingWhileTheClientDoesNotRead() {
    ClientExchange exchange = admitted(true);
    reply.full = true;
    for (int i = 0; i < 64; i++) {
      exchange.heard(said(""), at(i));
    }
    exchange.tick(at(60_000));
    assertThat(log).isEmpty();
    reply.drain();
    assertThat(log).containsExactly("credit one 64");
  }

  private ClientExchange admitted(boolean stream) {
    ClientExchange exchange = exchange(stream);
    exchange.answered(ID, new Admitted(Plans.FAST, 1, Duration.ZERO), START);
    return exchange;
  }

  private ClientExchange exchange(boolean stream) {
    ExchangeFacts facts =
        new ExchangeFacts(
            ID,
            Asked.plainly("/chat", "gpt-4", new ClientId("me"), stream, START),
            START.plusSeconds(300),
            Instant.MAX,
            Waiting.DEFAULT);
    ClientExchange exchange =
        new ClientExchange(facts, new FakeAnswer(stream), reply, surroundings);
    exchange.begin(part -> {});
    return exchange;
  }

  private static Instant at(long millis) {
    return START.plusMillis(millis);
  }

  private static Said said(String text) {
    return new Said(ID, Plans.PLACED, List.of(new ChatEvent.Text(text)));
  }

  private static Said finished(String text) {
    return new Said(
        ID,
        Plans.PLACED,
        List.of(new ChatEvent.Text(text), new ChatEvent.Finished(FinishReason.STOP, COUNTS)));
  }

  private static Broke broke(Outcome outcome) {
    return new Broke(ID, Plans.PLACED, LOST, outcome);
  }

  /** Writes texts as they are and a full stop at the end. */
  private static final class FakeAnswer implements Answer {
    private final boolean stream;
    private final StringBuilder whole = new StringBuilder();

    FakeAnswer(boolean stream) {
      this.stream = stream;
    }

    @Override
    public String contentType() {
      return "text/plain";
    }

    @Override
    public void said(ChatEvent event, ByteSink out) {
      switch (event) {
        case ChatEvent.Text text -> whole.append(text.text());
        case ChatEvent.Finished end -> whole.append('.');
        case ChatEvent.Thinking ignored -> {}
        case ChatEvent.Call ignored -> {}
        case ChatEvent.Embedded ignored -> {}
      }
      if (stream || event instanceof ChatEvent.Finished) {
        out.raw(whole.toString());
        whole.setLength(0);
      }
    }

    @Override
    public void heartbeat(ByteSink out) {
      out.raw("ping");
    }

    @Override
    public void broke(Failure failure, ByteSink out) {
      out.raw("broke");
    }
  }

  private final class FakeReply implements Reply {
    private boolean full;
    private Runnable then = () -> {};

    void drain() {
      full = false;
      then.run();
    }

    @Override
    public void begin(Head head, String contentType) {
      log.add("begin " + (head.placement() == null ? "nowhere" : head.placement().backend()));
    }

    @Override
    public void write(byte[] bytes) {
      log.add("write " + text(bytes));
    }

    @Override
    public void end(byte[] bytes) {
      log.add("end " + text(bytes));
    }

    @Override
    public void whole(Head head, String contentType, byte[] body) {
      log.add("whole " + text(body));
    }

    @Override
    public int fail(Head head, Failure failure) {
      log.add("fail " + failure.kind());
      return Status.of(failure.kind(), Family.OPENAI_CHAT);
    }

    @Override
    public void abort() {
      log.add("abort");
    }

    @Override
    public boolean full() {
      return full;
    }

    @Override
    public void whenDrained(Runnable next) {
      then = next;
    }

    private static String text(byte[] bytes) {
      return new String(bytes, StandardCharsets.UTF_8);
    }
  }

  private final class FakeSurroundings implements ExchangeOwner {
    private final List<Report> reports = new ArrayList<>();

    Report report() {
      assertThat(reports).hasSize(1);
      return reports.getFirst();
    }

    @Override
    public void leave(ExchangeId exchange, Why why) {
      log.add("leave " + why);
    }

    @Override
    public void credit(BackendId backend, ExchangeId exchange, int messages) {
      log.add("credit " + backend + " " + messages);
    }

    @Override
    public void ended(ExchangeFacts facts, Report report) {
      reports.add(report);
      log.add("ended " + report.outcome() + " " + report.status());
    }
  }
}
