package com.visiquate.ccproxy.simulator;

import com.visiquate.ccproxy.simulator.engine.Totals;
import com.visiquate.ccproxy.simulator.request.Ask;
import com.visiquate.ccproxy.simulator.speech.Transcript;
import com.visiquate.ccproxy.simulator.speech.Utterance;
import com.visiquate.ccproxy.simulator.speech.Utterance.Call;
import com.visiquate.ccproxy.simulator.wire.GoJson;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The JSON of answers, key by key as Ollama orders them; chat and generate differ in the middle.
 */
final class Lines {
  private final Ask ask;
  private final String head;

  Lines(Ask ask) {
    this.ask = ask;
    this.head = new GoJson().open().text("model", ask.model()).toString();
  }

  /** A line of the stream. */
  String line(String createdAt, Utterance.Line said) {
    GoJson json = begin(createdAt);
    message(json, said.text(), said.thinking(), said.calls());
    json.flag("done", false);
    logprobs(json, List.of(said.text()));
    return json.close().toString();
  }

  /** The last line, or a whole answer when the transcript is not empty. */
  String done(String createdAt, Transcript all, Totals totals) {
    GoJson json = begin(createdAt);
    boolean chat = ask.chat();
    message(json, all.text(), all.thinking(), calls(all));
    json.flag("done", true).text("done_reason", totals.reason());
    if (chat) {
      logprobs(json, all.pieces());
    } else if (!ask.switches().raw()) {
      context(json, totals);
    }
    metrics(json, totals);
    if (!chat) {
      calls(json, all.calls());
      logprobs(json, all.pieces());
    }
    return json.close().toString();
  }

  /** A whole answer to a request without tools shows no calls. */
  private List<Call> calls(Transcript all) {
    boolean shown = ask.chat() && (ask.stream() || !ask.tools().isEmpty());
    return shown ? all.calls() : List.of();
  }

  /** The reply to a request that only loads or unloads. */
  String nothing(String createdAt, String reason) {
    GoJson json = begin(createdAt);
    message(json, "", "", List.of());
    return json.flag("done", true).text("done_reason", reason).close().toString();
  }

  private GoJson begin(String createdAt) {
    return new GoJson().goOn(head).text("created_at", createdAt);
  }

  private void message(GoJson json, String text, String thinking, List<Call> calls) {
    if (!ask.chat()) {
      json.text("response", text);
      optional(json, "thinking", thinking);
      return;
    }
    json.object("message").text("role", "assistant").text("content", text);
    optional(json, "thinking", thinking);
    calls(json, calls);
    json.close();
  }

  private static void optional(GoJson json, String name, String text) {
    if (!text.isEmpty()) {
      json.text(name, text);
    }
  }

  private void calls(GoJson json, List<Call> calls) {
    if (calls.isEmpty()) {
      return;
    }
    json.name("tool_calls");
    String separator = "[";
    for (Call call : calls) {
      json.append(separator).open();
      if (ask.chat()) {
        json.text("id", call.id());
      }
      json.object("function").number("index", call.index()).text("name", call.name());
      json.raw("arguments", call.arguments()).close().close();
      separator = ",";
    }
    json.append("]");
  }

  private void logprobs(GoJson json, List<String> pieces) {
    List<String> spoken = pieces.stream().filter(piece -> !piece.isEmpty()).toList();
    if (!ask.switches().logprobs() || spoken.isEmpty()) {
      return;
    }
    json.name("logprobs");
    String separator = "[";
    for (String piece : spoken) {
      json.append(separator);
      logprob(json, piece);
      separator = ",";
    }
    json.append("]");
  }

  private void logprob(GoJson json, String piece) {
    token(json.open(), piece, "0");
    int top = ask.switches().topLogprobs();
    if (top > 0) {
      json.name("top_logprobs").append("[").open();
      token(json, piece, "0");
      json.close();
      for (int i = 1; i < top; i++) {
        json.append(",").open().text("token", "").raw("logprob", "-90.48650360107422").close();
      }
      json.append("]");
    }
    json.close();
  }

  private static void token(GoJson json, String piece, String logprob) {
    json.text("token", piece).raw("logprob", logprob).name("bytes");
    String separator = "[";
    for (byte each : piece.getBytes(StandardCharsets.UTF_8)) {
      json.append(separator).append(Integer.toString(each & 0xff));
      separator = ",";
    }
    json.append("]");
  }

  /** Stand-ins for the token ids that generate's last line carries. */
  private static void context(GoJson json, Totals totals) {
    json.name("context");
    String separator = "[";
    for (int i = 0; i < totals.promptTokens() + totals.answerTokens(); i++) {
      json.append(separator).append(Integer.toString(32 + i % 96));
      separator = ",";
    }
    json.append("]");
  }

  private static void metrics(GoJson json, Totals totals) {
    metric(json, "total_duration", totals.total());
    metric(json, "load_duration", totals.load());
    metric(json, "prompt_eval_count", totals.promptTokens());
    metric(json, "prompt_eval_duration", totals.promptTime());
    metric(json, "eval_count", totals.answerTokens());
    metric(json, "eval_duration", totals.answerTime());
  }

  private static void metric(GoJson json, String name, long value) {
    if (value != 0) {
      json.number(name, value);
    }
  }
}
