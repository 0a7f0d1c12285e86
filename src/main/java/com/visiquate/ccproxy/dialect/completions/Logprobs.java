package com.visiquate.ccproxy.dialect.completions;

import com.visiquate.ccproxy.chat.TokenLogprob;
import com.visiquate.ccproxy.dialect.ByteSink;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Writes log probabilities in the legacy form: four lists side by side. */
final class Logprobs {
  private Logprobs() {}

  /**
   * The object of these tokens.
   *
   * @param offset characters of the choice before the first of them
   * @param alternatives whether the request asked for any
   */
  static void write(List<TokenLogprob> tokens, int offset, boolean alternatives, ByteSink out) {
    out.raw("{\"tokens\":");
    list(tokens, token -> out.json(token.token()), out);
    out.raw(",\"token_logprobs\":");
    list(tokens, token -> out.raw(number(token.logprob())), out);
    out.raw(",\"top_logprobs\":");
    if (alternatives) {
      list(tokens, token -> top(token, out), out);
    } else {
      out.raw("null");
    }
    out.raw(",\"text_offset\":");
    int[] at = {offset};
    list(
        tokens,
        token -> {
          out.number(at[0]);
          at[0] += length(token.token());
        },
        out);
    out.raw("}");
  }

  /** Characters as OpenAI counts them. */
  static int length(String text) {
    return text.codePointCount(0, text.length());
  }

  /** A key for each token; of two that look the same, the likelier one, which comes first. */
  private static void top(TokenLogprob token, ByteSink out) {
    Map<String, Double> likely = new LinkedHashMap<>();
    token.top().forEach(one -> likely.putIfAbsent(one.token(), one.logprob()));
    String separator = "{";
    for (Map.Entry<String, Double> one : likely.entrySet()) {
      out.raw(separator).json(one.getKey()).raw(":").raw(number(one.getValue()));
      separator = ",";
    }
    out.raw(likely.isEmpty() ? "{}" : "}");
  }

  private static void list(List<TokenLogprob> tokens, Consumer<TokenLogprob> writer, ByteSink out) {
    out.raw("[");
    for (int i = 0; i < tokens.size(); i++) {
      out.raw(i == 0 ? "" : ",");
      writer.accept(tokens.get(i));
    }
    out.raw("]");
  }

  /** JSON has no infinity; OpenAI itself writes -9999 for "practically never". */
  private static String number(double logprob) {
    return Double.isFinite(logprob) ? Double.toString(logprob) : "-9999.0";
  }
}
