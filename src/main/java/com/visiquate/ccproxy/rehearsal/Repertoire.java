package com.visiquate.ccproxy.rehearsal;

import java.util.List;
import java.util.stream.Stream;

/**
 * What is rehearsed: each dialect whole and streamed, with what an agent sends. The model and the
 * embedding model are those of the rehearsal's own configuration.
 */
final class Repertoire {
  private static final String SYSTEM =
      "You are an agent that edits code. Read before you write, and keep changes small. "
          .repeat(12);

  private static final String SCHEMA =
      """
      {"type":"object","properties":{"path":{"type":"string","description":"which file"},\
      "lines":{"type":"integer"},"where":{"enum":["begin","end"]}},"required":["path"]}\
      """;

  private static final String CHAT =
      """
      {"model":"chat","stream":STREAM,"max_tokens":40,"temperature":0.2,"messages":[\
      {"role":"system","content":"SYSTEM"},{"role":"user","content":"What is in \\"a.txt\\"? @TURN@"},\
      {"role":"assistant","content":null,"tool_calls":[{"id":"call_1","type":"function",\
      "function":{"name":"read","arguments":"{\\"path\\":\\"a.txt\\"}"}}]},\
      {"role":"tool","tool_call_id":"call_1","content":"one\\ntwo\\nthree"},\
      {"role":"user","content":"LAST"}MORE],"tools":[\
      {"type":"function","function":{"name":"read","description":"Reads","parameters":SCHEMA}},\
      {"type":"function","function":{"name":"write","description":"Writes","parameters":SCHEMA}}]}\
      """;

  private static final String MESSAGES =
      """
      {"model":"claude-chat","stream":STREAM,"max_tokens":40,"system":[{"type":"text","text":"SYSTEM",\
      "cache_control":{"type":"ephemeral"}}],"messages":[\
      {"role":"user","content":[{"type":"text","text":"What is in a.txt? @TURN@"}]},\
      {"role":"assistant","content":[{"type":"text","text":"I look."},\
      {"type":"tool_use","id":"toolu_1","name":"read","input":{"path":"a.txt"}}]},\
      {"role":"user","content":[{"type":"tool_result","tool_use_id":"toolu_1","content":"one\\ntwo"},\
      {"type":"text","text":"LAST"}]}MORE],"tools":[\
      {"name":"read","description":"Reads","input_schema":SCHEMA},\
      {"name":"write","description":"Writes","input_schema":SCHEMA}]}\
      """;

  /** What the simulated model has called, and what came of it. */
  private static final String CHAT_CALLED =
      """
      ,{"role":"assistant","content":"","tool_calls":[{"id":"call_2","type":"function",\
      "function":{"name":"read","arguments":"{\\"path\\":\\"a.txt\\"}"}}]},\
      {"role":"tool","tool_call_id":"call_2","content":"FOUND"}\
      """;

  private static final String MESSAGES_CALLED =
      """
      ,{"role":"assistant","content":[\
      {"type":"tool_use","id":"toolu_2","name":"read","input":{"path":"a.txt"}}]},\
      {"role":"user","content":[{"type":"tool_result","tool_use_id":"toolu_2","content":"FOUND"}]}\
      """;

  private static final String RESPONSES =
      """
      {"model":"chat","stream":STREAM,"max_output_tokens":40,"instructions":"SYSTEM","store":false,\
      "input":[{"type":"message","role":"user","content":[{"type":"input_text","text":"a.txt? @TURN@"}]},\
      {"type":"function_call","call_id":"call_1","name":"read","arguments":"{\\"path\\":\\"a.txt\\"}"},\
      {"type":"function_call_output","call_id":"call_1","output":"one\\ntwo"},\
      {"type":"message","role":"user","content":[{"type":"input_text","text":"LAST"}]}],\
      "tools":[{"type":"function","name":"read","description":"Reads","parameters":SCHEMA}]}\
      """;

  private static final String NATIVE =
      """
      {"model":"chat","stream":STREAM,"options":{"num_predict":40},"messages":[\
      {"role":"system","content":"SYSTEM"},{"role":"user","content":"LAST"}],"tools":[\
      {"type":"function","function":{"name":"read","description":"Reads","parameters":SCHEMA}}]}\
      """;

  private static final String GENERATE =
      "{\"model\":\"chat\",\"stream\":STREAM,\"options\":{\"num_predict\":40},\"prompt\":\"LAST\"}";

  private static final String COMPLETION =
      "{\"model\":\"chat\",\"stream\":STREAM,\"max_tokens\":40,\"prompt\":\"LAST\"}";

  private static final String EMBEDDING =
      "{\"model\":\"embeddings\",\"input\":[\"one\",\"two @TURN@\"]}";

  private Repertoire() {}

  /** All kinds of request, in the order in which they take turns. */
  static List<Piece> pieces() {
    return Stream.of(agents(), agents(), agents(), others()).flatMap(pieces -> pieces).toList();
  }

  private static Stream<Piece> agents() {
    return Stream.of(
            both("/v1/chat/completions", CHAT),
            both("/v1/messages", MESSAGES),
            both("/v1/responses", RESPONSES),
            both("/api/chat", NATIVE),
            calling("/v1/chat/completions", CHAT, CHAT_CALLED),
            calling("/v1/messages", MESSAGES, MESSAGES_CALLED))
        .flatMap(pieces -> pieces);
  }

  private static Stream<Piece> others() {
    return Stream.of(
        said("/v1/completions", COMPLETION, true),
        said("/api/generate", GENERATE, true),
        new Piece("/v1/embeddings", EMBEDDING),
        new Piece("/v1/models", ""),
        new Piece("/health", ""),
        new Piece("/metrics", ""));
  }

  private static Stream<Piece> both(String path, String body) {
    return Stream.of(said(path, body, true), said(path, body, false));
  }

  private static Piece said(String path, String body, boolean stream) {
    return piece(path, body.replace("MORE", ""), stream, "Go on with number @TURN@.");
  }

  /**
   * A question whose answer is a call, and the turn after it: a slot that was kept for somebody who
   * does not come back would have the next ones wait.
   */
  private static Stream<Piece> calling(String path, String body, String called) {
    return Stream.of("", called)
        .map(more -> piece(path, body.replace("MORE", more), true, StandIn.CALL + " @TURN@."));
  }

  private static Piece piece(String path, String body, boolean stream, String last) {
    String filled =
        body.replace("STREAM", Boolean.toString(stream))
            .replace("SYSTEM", SYSTEM)
            .replace("SCHEMA", SCHEMA)
            .replace("FOUND", StandIn.FOUND)
            .replace("LAST", last);
    return new Piece(path, filled);
  }
}
