package com.visiquate.ccproxy.http;

import com.visiquate.ccproxy.chat.ResponseId;
import com.visiquate.ccproxy.dialect.Calibration;
import com.visiquate.ccproxy.dialect.Dialect;
import com.visiquate.ccproxy.dialect.Family;
import com.visiquate.ccproxy.dialect.Recall;
import com.visiquate.ccproxy.dialect.TokenCounter;
import com.visiquate.ccproxy.dialect.anthropic.Messages;
import com.visiquate.ccproxy.dialect.anthropic.TokenCount;
import com.visiquate.ccproxy.dialect.ollama.NativeDialect;
import com.visiquate.ccproxy.dialect.ollama.NativeEndpoints;
import com.visiquate.ccproxy.dialect.responses.Compaction;
import com.visiquate.ccproxy.dialect.responses.InputTokens;
import com.visiquate.ccproxy.dialect.responses.Responses;
import com.visiquate.ccproxy.http.ingress.Ingress;
import com.visiquate.ccproxy.http.intake.Arrival;
import com.visiquate.ccproxy.http.intake.CountIntake;
import com.visiquate.ccproxy.http.intake.Deployments;
import com.visiquate.ccproxy.http.intake.EventLog;
import com.visiquate.ccproxy.http.intake.Intake;
import com.visiquate.ccproxy.http.intake.NativeIntake;
import com.visiquate.ccproxy.http.intake.RecallingIntake;
import com.visiquate.ccproxy.http.intake.ShowIntake;
import com.visiquate.ccproxy.http.intake.Upload;
import com.visiquate.ccproxy.http.intake.Visit;
import com.visiquate.ccproxy.http.reply.Dialects;
import com.visiquate.ccproxy.http.reply.Paths;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The paths that clients post to, in all their spellings, and what becomes of each visit. */
final class Posts {
  private static final String VERSION = Paths.PREFIXES.getFirst();

  /** Before what Azure's newer clients ask for: {@code /openai/v1/…}. */
  private static final String AZURE = "/openai";

  private final Map<String, Consumer<Visit>> byPath = new HashMap<>();
  private final Ingress ingress;

  Posts(Ingress ingress, Dialects dialects) {
    this.ingress = ingress;
    ask("/chat/completions", dialects.chat());
    ask("/completions", dialects.completions());
    ask("/embeddings", dialects.embeddings());
    Calibration calibration = dialects.calibration();
    recalling("/responses", Responses::recalled, Responses::new);
    recalling("/responses/compact", Responses::recalled, Compaction::new);
    counting(
        "/responses/input_tokens",
        Responses::recalled,
        recall -> new InputTokens(calibration, recall));
    recalling("/messages", Messages::recalled, recall -> new Messages(calibration, recall));
    counting(
        "/messages/count_tokens",
        Messages::recalled,
        recall -> new TokenCount(calibration, recall));
    work("/api/chat", NativeEndpoints.CHAT);
    work("/api/generate", NativeEndpoints.GENERATE);
    work("/api/embed", NativeEndpoints.EMBED);
    work("/api/embeddings", NativeEndpoints.EMBEDDINGS);
    ollama("/api/show", ShowIntake::new);
    EventLog.PATHS.forEach(
        path -> byPath.put(path, visit -> EventLog.begin(ingress.services(), visit)));
  }

  /** Makes somebody who wants the body of a request that has come. */
  @FunctionalInterface
  private interface Door {
    Upload.Receiver open(Arrival arrival);
  }

  private void ask(String endpoint, Dialect dialect) {
    add(endpoint, dialect.family(), arrival -> new Intake(arrival, dialect));
  }

  /** What may go on from an earlier answer, which is fetched first. */
  private void recalling(
      String endpoint,
      Function<byte[], Set<ResponseId>> builtOn,
      Function<Recall, Dialect> dialects) {
    Dialect forgetful = dialects.apply(Recall.NOTHING);
    add(
        endpoint,
        forgetful.family(),
        arrival -> {
          Intake intake = new Intake(arrival, forgetful);
          RecallingIntake.Reader reader =
              (body, recall) -> intake.understand(dialects.apply(recall).decode(body));
          return new RecallingIntake(arrival, builtOn, intake, reader);
        });
  }

  /** The same for who only wants to know how long it would be. */
  private void counting(
      String endpoint,
      Function<byte[], Set<ResponseId>> builtOn,
      Function<Recall, TokenCounter> counters) {
    TokenCounter forgetful = counters.apply(Recall.NOTHING);
    add(
        endpoint,
        forgetful.family(),
        arrival -> {
          CountIntake intake = new CountIntake(arrival, forgetful);
          RecallingIntake.Reader reader =
              (body, recall) -> intake.count(counters.apply(recall), body);
          return new RecallingIntake(arrival, builtOn, intake, reader);
        });
  }

  private void work(String endpoint, NativeDialect dialect) {
    ollama(endpoint, arrival -> new NativeIntake(arrival, dialect));
  }

  /** Ollama's own endpoints are at home without a version. */
  private void ollama(String endpoint, Door door) {
    add(endpoint, endpoint, Family.OLLAMA, door);
  }

  private void add(String endpoint, Family family, Door door) {
    add(endpoint, VERSION + endpoint, family, door);
  }

  private void add(String endpoint, String route, Family family, Door door) {
    Consumer<Visit> taker =
        visit -> {
          Arrival arrival = new Arrival(ingress, route, family, visit);
          new Upload(arrival, door.open(arrival)).begin();
        };
    Paths.spellings(endpoint).forEach(path -> byPath.put(path, taker));
  }

  /** Who takes what is posted to a path; null when nobody does. */
  @Nullable Consumer<Visit> at(String path) {
    Consumer<Visit> taker = byPath.get(path);
    return taker != null ? taker : elsewhere(Paths.single(path));
  }

  private @Nullable Consumer<Visit> elsewhere(String path) {
    Deployments.Named named = Deployments.of(path).orElse(null);
    String plain = path.startsWith(AZURE) ? path.substring(AZURE.length()) : path;
    Consumer<Visit> taker = byPath.get(named == null ? plain : named.endpoint());
    return named == null || taker == null ? taker : visit -> taker.accept(visit.of(named.model()));
  }

  Set<String> paths() {
    return Set.copyOf(byPath.keySet());
  }
}
