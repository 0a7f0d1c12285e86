package com.visiquate.ccproxy.dialect.ollama;

import com.visiquate.ccproxy.chat.TokenLogprob;
import com.visiquate.ccproxy.dialect.ByteSink;
import java.util.List;

/** Writes log probabilities of tokens as Ollama does. */
final class Logprobs {
  private Logprobs() {}

  /** The member of a line; nothing when there are none. */
  static void write(List<TokenLogprob> tokens, ByteSink out) {
    if (!tokens.isEmpty()) {
      list(",\"logprobs\":[", tokens, out);
    }
  }

  private static void list(String opening, List<TokenLogprob> tokens, ByteSink out) {
    String separator = opening;
    for (TokenLogprob token : tokens) {
      out.raw(separator);
      token(token, out);
      separator = ",";
    }
    out.raw("]");
  }

  private static void token(TokenLogprob token, ByteSink out) {
    out.raw("{\"token\":").json(token.token());
    out.raw(",\"logprob\":").raw(number(token.logprob()));
    if (!token.bytes().isEmpty()) {
      out.raw(",\"bytes\":").raw(token.bytes().toString().replace(" ", ""));
    }
    if (!token.top().isEmpty()) {
      list(",\"top_logprobs\":[", token.top(), out);
    }
    out.raw("}");
  }

  /** JSON has no infinity. */
  private static String number(double logprob) {
    return Double.isFinite(logprob) ? Double.toString(logprob) : "-9999.0";
  }
}
