package com.visiquate.ccproxy.nodes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/** One streamed request of a client, and all that becomes of it. */
final class Call {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Of each token of an ordered answer, the space before it included. */
  private static final int LETTERS = 4;

  /** What became of it. */
  enum End {
    OPEN,
    /** Every token of it, once, and the word that it is over. */
    WHOLE,
    /** Its protocol's error. */
    ERROR,
    /** Another status than 200. */
    REFUSED,
    /** The connection was lost. */
    CUT,
    /** Too much or too little, which must never be. */
    WRONG
  }

  private final int words;
  private final int tokens;
  private final Thread reader;
  private final StringBuilder heard = new StringBuilder();
  private final long asked = System.nanoTime();
  private volatile InputStream body;
  private volatile int status;
  private volatile String retryAfter = "";
  private volatile long first;
  private volatile long last = asked;
  private volatile long silence;
  private volatile End end = End.OPEN;
  private int letters;

  private Call(HttpClient http, URI url, int words, int tokens) {
    this.words = words;
    this.tokens = tokens;
    this.reader = Thread.ofVirtual().start(() -> live(http, url));
  }

  /** Asks for so many tokens, with so many words. */
  static Call of(HttpClient http, URI url, int words, int tokens) {
    return new Call(http, url, words, tokens);
  }

  static String question(int words, int tokens) {
    return """
    {"model":"m","stream":true,"messages":[{"role":"user","content":"Go on%s. [simulate: %d tokens]"}]}
    """
        .formatted(" and on".repeat(words / 2), tokens);
  }

  private void live(HttpClient http, URI url) {
    HttpRequest request =
        HttpRequest.newBuilder(url)
            .header("content-type", "application/json")
            .POST(BodyPublishers.ofString(question(words, tokens)))
            .build();
    End found;
    try {
      found = read(http.send(request, BodyHandlers.ofInputStream()));
    } catch (IOException cut) {
      note(cut.toString());
      found = End.CUT;
    } catch (InterruptedException left) {
      found = End.CUT;
    }
    hears();
    end = found;
  }

  private End read(HttpResponse<InputStream> answer) throws IOException {
    status = answer.statusCode();
    retryAfter = answer.headers().firstValue("retry-after").orElse("");
    hears();
    End found = End.CUT;
    try (InputStream stream = answer.body();
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
      body = stream;
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        hears();
        note(line);
        found = found == End.CUT ? line(line) : end(line, found);
      }
    }
    return status == 200 ? found : End.REFUSED;
  }

  /** After its end nothing may come. */
  private static End end(String line, End found) {
    return line.isBlank() || line.equals("data: [DONE]") ? found : End.WRONG;
  }

  private End line(String line) throws IOException {
    if (line.equals("data: [DONE]")) {
      return letters == tokens * LETTERS ? End.WHOLE : End.WRONG;
    }
    JsonNode data = JSON.readTree(line.startsWith("data: ") ? line.substring(6) : "{}");
    String text = data.at("/choices/0/delta/content").asText("");
    if (!text.isEmpty() && first == 0) {
      first = System.nanoTime();
    }
    letters += text.length();
    return data.has("error") ? End.ERROR : End.CUT;
  }

  private void hears() {
    long now = System.nanoTime();
    silence = Math.max(silence, now - last);
    last = now;
  }

  private synchronized void note(String line) {
    heard.append(line).append('\n');
  }

  /** Its client goes away. */
  void leave() throws IOException {
    InputStream open = body;
    reader.interrupt();
    if (open != null) {
      open.close();
    }
  }

  /** Returns at its end. */
  Call ends() {
    try {
      reader.join();
    } catch (InterruptedException left) {
      Thread.currentThread().interrupt();
    }
    return this;
  }

  /** Whether its node ends, or none is there, and has said so before it let the request in. */
  boolean mayComeAgain() {
    return end == End.REFUSED && status == 503;
  }

  /** Waits as long as it was told to; a client that cannot reach its node waits a moment. */
  void comeAgain() {
    if (end == End.REFUSED || end == End.CUT) {
      Waits.calmly(retryAfter.isEmpty() ? 100 : Long.parseLong(retryAfter) * 1_000);
    }
  }

  End end() {
    return end;
  }

  boolean isOpen() {
    return end == End.OPEN;
  }

  boolean isWhole() {
    return end == End.WHOLE;
  }

  /** It had begun to be answered, and nobody could go on. */
  boolean isBroken() {
    return end == End.ERROR && speaks();
  }

  /** Whether a token of its answer has come. */
  boolean speaks() {
    return first != 0;
  }

  /** When its first token came, in the nanoseconds of this process; 0 before. */
  long first() {
    return first;
  }

  /** Its longest time without a byte. */
  long silentMillis() {
    long sinceLast = isOpen() ? System.nanoTime() - last : 0;
    return TimeUnit.NANOSECONDS.toMillis(Math.max(silence, sinceLast));
  }

  @Override
  public synchronized String toString() {
    String text = heard.toString();
    return "%s %d %d/%d silent %d ms: …%s"
        .formatted(
            end,
            status,
            letters / LETTERS,
            tokens,
            silentMillis(),
            text.substring(Math.max(0, text.length() - 400)));
  }
}
