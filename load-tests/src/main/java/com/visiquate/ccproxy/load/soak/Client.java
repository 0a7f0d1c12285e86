package com.visiquate.ccproxy.load.soak;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.random.RandomGenerator;

/** Asks one question after the other, each in another dialect, and is not always polite. */
final class Client {
  private static final String[] RUBBISH = {
    "{\"model\":", "[]", "{\"model\":\"coder\",\"messages\":7,\"prompt\":7,\"input\":7}", "nonsense"
  };
  private static final Duration PATIENCE = Duration.ofSeconds(170);

  private final HttpClient http;
  private final URI gateway;
  private final Tally tally;
  private final String name;
  private final RandomGenerator random;

  Client(HttpClient http, URI gateway, Tally tally, int number) {
    this.http = http;
    this.gateway = gateway;
    this.tally = tally;
    name = "soak-" + number;
    random = new java.util.Random(number);
  }

  /** Again and again until this moment. */
  void work(long until) throws InterruptedException {
    while (System.nanoTime() < until) {
      Dialect[] all = Dialect.values();
      ask(all[random.nextInt(all.length)], Mood.draw(random));
    }
  }

  /** Whether the request ended as it should. */
  boolean ask(Dialect dialect, Mood mood) throws InterruptedException {
    boolean lengthy = mood == Mood.STALLS || mood == Mood.LEAVES_IN_STREAM;
    int tokens = lengthy ? 400 : 20 + random.nextInt(80);
    String body =
        mood == Mood.SENDS_RUBBISH
            ? RUBBISH[random.nextInt(RUBBISH.length)]
            : dialect.body(question(), tokens);
    CompletableFuture<HttpResponse<InputStream>> asked =
        http.sendAsync(request(dialect, body), BodyHandlers.ofInputStream());
    try {
      return heard(asked, dialect, mood);
    } catch (TimeoutException gone) {
      asked.cancel(true);
      return ends(dialect, mood == Mood.LEAVES_EARLY, Outcome.LEFT, "no head in " + PATIENCE);
    } catch (ExecutionException | IOException broken) {
      asked.cancel(true);
      return ends(dialect, false, Outcome.FAILED, "the connection broke: " + broken);
    }
  }

  private HttpRequest request(Dialect dialect, String body) {
    return HttpRequest.newBuilder(gateway.resolve(dialect.path()))
        .header("content-type", "application/json")
        .header("authorization", "Bearer " + name)
        .header("user-agent", name)
        .POST(BodyPublishers.ofString(body))
        .build();
  }

  /** Of 100 to 500 tokens, and like no other. */
  private String question() {
    StringBuilder text = new StringBuilder(name).append(' ').append(random.nextLong());
    for (int i = 50 + random.nextInt(200); i > 0; i--) {
      text.append(' ').append(Integer.toString(random.nextInt(1_000_000), 36));
    }
    return text.toString();
  }

  private boolean heard(
      CompletableFuture<HttpResponse<InputStream>> asked, Dialect dialect, Mood mood)
      throws InterruptedException, ExecutionException, TimeoutException, IOException {
    long patience = mood == Mood.LEAVES_EARLY ? 50 + random.nextInt(6_000) : PATIENCE.toMillis();
    HttpResponse<InputStream> answer = asked.get(patience, TimeUnit.MILLISECONDS);
    try (InputStream in = answer.body()) {
      byte[] start = in.readNBytes(mood == Mood.LEAVES_IN_STREAM ? 2_000 : 500);
      boolean leaves = mood == Mood.LEAVES_IN_STREAM || mood == Mood.LEAVES_EARLY;
      if (leaves && answer.statusCode() == 200) {
        return ends(dialect, true, Outcome.LEFT, "");
      }
      if (mood == Mood.STALLS) {
        Thread.sleep(2_000 + random.nextInt(8_000));
      }
      String rest = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return judge(
          dialect, mood, answer.statusCode(), new String(start, StandardCharsets.UTF_8) + rest);
    }
  }

  private boolean judge(Dialect dialect, Mood mood, int status, String answer) {
    if (mood == Mood.SENDS_RUBBISH) {
      boolean good = dialect.isRefusal(status, answer);
      return ends(dialect, good, Outcome.REFUSED, "rubbish met " + status + " " + answer);
    }
    String fault = status == 200 ? dialect.fault(answer) : "status " + status + " " + answer;
    return ends(dialect, fault.isEmpty(), Outcome.ANSWERED, fault);
  }

  private boolean ends(Dialect dialect, boolean good, Outcome outcome, String fault) {
    if (good) {
      tally.count(dialect, outcome);
    } else {
      tally.failed(dialect, name + ": " + fault);
    }
    return good;
  }
}
