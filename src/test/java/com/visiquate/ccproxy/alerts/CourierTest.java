package com.visiquate.ccproxy.alerts;

import static com.visiquate.ccproxy.alerts.Receiver.done;
import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.GreenMailUtil;
import com.icegreen.greenmail.util.ServerSetup;
import com.visiquate.ccproxy.bus.AlertMessage.Alert;
import com.visiquate.ccproxy.bus.AlertMessage.Severity;
import com.visiquate.ccproxy.config.AlertSettings;
import com.visiquate.ccproxy.config.AlertSettings.Mail;
import com.visiquate.ccproxy.config.AlertSettings.Tls;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import jakarta.mail.internet.MimeMessage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Real servers in the same process are told of alerts. */
final class CourierTest {
  private static final Patience QUICK = new Patience(Duration.ofMillis(1), Duration.ofMillis(8), 5);
  private final Vertx vertx = Vertx.vertx();
  private final Context context = vertx.getOrCreateContext();
  private final List<Courier> couriers = new ArrayList<>();

  @AfterEach
  void close() throws Exception {
    on(() -> couriers.forEach(Courier::end));
    done(vertx.close());
  }

  @Test
  void aWebhookThatFirstFailsIsToldOnceInOrder() throws Exception {
    Receiver receiver = new Receiver(vertx, 2);
    Courier courier = courier(webhook(receiver, false, "secret"));
    on(() -> courier.take(firing("a")));
    on(() -> courier.take(firing("a").resolvedAt(Instant.ofEpochSecond(90))));

    assertThat(List.of(receiver.next().status(), receiver.next().status()))
        .containsExactly(500, 500);
    Receiver.Post first = receiver.next();
    JsonObject told = new JsonObject(first.body());
    assertThat(first.status()).isEqualTo(204);
    assertThat(first.path()).isEqualTo("/hook");
    assertThat(first.headers())
        .containsEntry("content-type", "application/json")
        .containsEntry("authorization", "Bearer secret");
    assertThat(told.getString("id")).isEqualTo("a");
    assertThat(told.getString("state")).isEqualTo("firing");
    assertThat(told.getString("severity")).isEqualTo("critical");
    assertThat(told.getString("fired_at")).isEqualTo("1970-01-01T00:00:30Z");
    assertThat(told.getValue("resolved_at")).isNull();
    JsonObject over = new JsonObject(receiver.next().body());
    assertThat(over.getString("state")).isEqualTo("resolved");
    assertThat(over.getString("resolved_at")).isEqualTo("1970-01-01T00:01:30Z");
    assertThat(receiver.isEmpty()).isTrue();
  }

  @Test
  void slackIsToldInItsForm() throws Exception {
    Receiver receiver = new Receiver(vertx, 0);
    Courier courier = courier(webhook(receiver, true, ""));
    on(() -> courier.take(firing("a")));

    Receiver.Post post = receiver.next();
    assertThat(new JsonObject(post.body()).getMap())
        .containsOnlyKeys("text")
        .containsEntry("text", "*critical: backend-down b0*\nb0 is down &lt;really&gt;");
    assertThat(post.headers()).containsEntry("authorization", "");
  }

  @Test
  void whoeverNeverAnswersIsGivenUp() throws Exception {
    Receiver receiver = new Receiver(vertx, QUICK.tries());
    Courier courier = courier(webhook(receiver, false, ""));
    on(() -> courier.take(firing("lost")));
    on(() -> courier.take(firing("next")));

    for (int i = 0; i < QUICK.tries(); i++) {
      assertThat(receiver.next().body()).contains("lost");
    }
    assertThat(receiver.next().body()).contains("next");
  }

  @Test
  void theOldestThatWaitIsGivenUpWhenTooManyDo() throws Exception {
    List<String> told = new ArrayList<>();
    Promise<Void> open = Promise.promise();
    Courier courier = courier(slow(told, open.future()));
    on(
        () -> {
          for (int i = 0; i <= Courier.MOST + 1; i++) {
            courier.take(firing("a" + i));
          }
        });
    assertThat(courier.waiting()).isEqualTo(Courier.MOST);
    on(open::complete);
    assertThat(told).hasSize(Courier.MOST).startsWith("a0", "a3").endsWith("a101");
    assertThat(courier.waiting()).isZero();
  }

  @Test
  void aMailServerIsToldAfterALogin() throws Exception {
    GreenMail server = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
    server.setUser("ccproxy@example.com", "ccproxy", "secret");
    server.start();
    try {
      Mail settings = mail(server.getSmtp().getPort(), Tls.NONE);
      Courier courier = courier(new Mailbox(vertx, settings));
      on(() -> courier.take(firing("a")));
      on(() -> courier.take(firing("a").resolvedAt(Instant.ofEpochSecond(90))));

      assertThat(server.waitForIncomingEmail(20_000, 2)).isTrue();
      MimeMessage[] mails = server.getReceivedMessages();
      assertThat(mails).hasSize(2);
      assertThat(mails[0].getSubject()).isEqualTo("[ccproxy] critical: backend-down b0");
      assertThat(mails[1].getSubject()).isEqualTo("[ccproxy] resolved: backend-down b0");
      assertThat(mails[0].getFrom()[0]).hasToString("ccproxy@example.com");
      assertThat(mails[0].getAllRecipients()[0]).hasToString("ops@example.com");
      assertThat(GreenMailUtil.getBody(mails[0])).contains("b0 is down", "event  a");
      assertThat(GreenMailUtil.getBody(mails[1])).contains("after 60 s");
    } finally {
      server.stop();
    }
  }

  @Test
  void aMailServerWithoutTlsIsToldNothingWhenItIsAskedFor() throws Exception {
    GreenMail server = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
    server.start();
    try {
      Mailbox mailbox = new Mailbox(vertx, mail(server.getSmtp().getPort(), Tls.STARTTLS));
      Future<?> told = mailbox.tell(firing("a"));
      assertThat(done(told.map(fine -> "told").otherwise("refused"))).isEqualTo("refused");
      assertThat(server.getReceivedMessages()).isEmpty();
    } finally {
      server.stop();
    }
  }

  private static Mail mail(int port, Tls tls) {
    return new Mail(
        "127.0.0.1",
        port,
        tls,
        "ccproxy",
        "secret",
        "ccproxy@example.com",
        List.of("ops@example.com"));
  }

  private Webhook webhook(Receiver receiver, boolean slack, String token) {
    return new Webhook(vertx, new AlertSettings.Webhook(receiver.url(), slack, token));
  }

  private Courier courier(Channel channel) {
    Courier courier = new Courier(vertx, channel, QUICK);
    couriers.add(courier);
    return courier;
  }

  /** On the one context that a courier belongs to. */
  private void on(Runnable work) throws Exception {
    Promise<Void> done = Promise.promise();
    context.runOnContext(
        now -> {
          work.run();
          done.complete();
        });
    done(done.future());
  }

  private static Channel slow(List<String> told, Future<Void> open) {
    return new Channel() {
      @Override
      public String name() {
        return "slow";
      }

      @Override
      public Future<?> tell(Alert alert) {
        return open.onSuccess(now -> told.add(alert.id()));
      }

      @Override
      public Future<?> close() {
        return Future.succeededFuture();
      }
    };
  }

  private static Alert firing(String id) {
    return new Alert(
        id,
        "backend-down",
        "b0",
        Severity.CRITICAL,
        "b0 is down <really>",
        Instant.ofEpochSecond(30),
        null);
  }
}
