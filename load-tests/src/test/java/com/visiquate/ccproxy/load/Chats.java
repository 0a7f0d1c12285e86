package com.visiquate.ccproxy.load;

import static io.gatling.javaapi.core.CoreDsl.StringBody;
import static io.gatling.javaapi.core.CoreDsl.bodyString;
import static io.gatling.javaapi.core.CoreDsl.details;
import static io.gatling.javaapi.core.CoreDsl.exec;
import static io.gatling.javaapi.core.CoreDsl.jsonPath;
import static io.gatling.javaapi.core.CoreDsl.percent;
import static io.gatling.javaapi.core.CoreDsl.randomSwitch;
import static io.gatling.javaapi.http.HttpDsl.header;
import static io.gatling.javaapi.http.HttpDsl.http;
import static io.gatling.javaapi.http.HttpDsl.status;

import io.gatling.javaapi.core.Assertion;
import io.gatling.javaapi.core.ChainBuilder;
import io.gatling.javaapi.core.CoreDsl;
import io.gatling.javaapi.http.HttpProtocolBuilder;
import io.gatling.javaapi.http.HttpRequestActionBuilder;
import java.time.Duration;

/**
 * What the simulated clients ask, and when an answer counts as whole: shared by all simulations.
 */
final class Chats {
  private static final String BASE_URL = System.getProperty("baseUrl", "http://127.0.0.1:8081");
  private static final String MODEL = System.getProperty("model", "qwen-fast");
  private static final int MOST_TOKENS = Integer.getInteger("tokens", 24);

  /**
   * Longer than anybody waits here, so that it is the gateway who says that somebody waited too
   * long.
   */
  private static final Duration PATIENCE = Duration.ofSeconds(120);

  private Chats() {}

  static HttpProtocolBuilder gateway() {
    return http.baseUrl(BASE_URL)
        .contentTypeHeader("application/json")
        .userAgentHeader("ccproxy-load-tests");
  }

  /** Three streams for each whole answer, as coding agents ask. */
  static ChainBuilder mix() {
    return randomSwitch()
        .on(percent(75.0).then(exec(streamed())), percent(25.0).then(exec(whole())));
  }

  static HttpRequestActionBuilder streamed() {
    return http("streamed chat")
        .post("/v1/chat/completions")
        .body(StringBody(body(true)))
        .requestTimeout(PATIENCE)
        .check(
            status().is(200),
            header("Content-Type").transform(type -> type.startsWith("text/event-stream")).is(true),
            bodyString().transform(Chats::isWholeStream).is(true));
  }

  static HttpRequestActionBuilder whole() {
    return http("whole chat")
        .post("/v1/chat/completions")
        .body(StringBody(body(false)))
        .requestTimeout(PATIENCE)
        .check(
            status().is(200),
            jsonPath("$.choices[0].message.content").transform(text -> !text.isEmpty()).is(true),
            jsonPath("$.choices[0].finish_reason").in("stop", "length"));
  }

  static Assertion nothingFails() {
    return CoreDsl.global().failedRequests().count().is(0L);
  }

  /** Both kinds have been seen: a simulation that asked nothing has not passed. */
  static Assertion somethingIsAsked(String kind) {
    return details(kind).successfulRequests().count().gt(0L);
  }

  /** A stream is whole when it says why it ended and then that it has. */
  private static boolean isWholeStream(String body) {
    return body.endsWith("data: [DONE]\n\n")
        && (body.contains("\"finish_reason\":\"stop\"")
            || body.contains("\"finish_reason\":\"length\""));
  }

  private static String body(boolean stream) {
    return """
    {"model":"%s","stream":%b,"max_tokens":%d,"messages":[
    {"role":"system","content":"You are a coding agent."},
    {"role":"user","content":"Write a function that reverses a list, and say nothing else."}]}\
    """
        .formatted(MODEL, stream, MOST_TOKENS);
  }
}
