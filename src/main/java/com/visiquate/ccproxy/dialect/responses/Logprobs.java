package com.visiquate.ccproxy.dialect.responses;

import com.visiquate.ccproxy.chat.TokenLogprob;
import com.visiquate.ccproxy.dialect.ByteSink;
import java.util.List;

/** Writes log probabilities of tokens as a list; an empty one where there are none. */
final class Logprobs {
  private Logprobs() {}

  static void write(List<TokenLogprob> tokens, ByteSink out) {
    String separator = "[";
    for (TokenLogprob token : tokens) {
      token(token, out.raw(separator));
      out.raw(",\"top_logprobs\":");
      top(token.top(), out);
      out.raw("}");
      separator = ",";
    }
    out.raw(tokens.isEmpty() ? "[]" : "]");
  }

  private static void top(List<TokenLogprob> alternatives, ByteSink out) {
    String separator = "[";
    for (TokenLogprob token : alternatives) {
      token(token, out.raw(separator));
      out.raw("}");
      separator = ",";
    }
    out.raw(alternatives.isEmpty() ? "[]" : "]");
  }

  private static void token(TokenLogprob token, ByteSink out) {
    out.raw("{\"token\":").json(token.token()).raw(",\"bytes\":");
    out.raw(token.bytes().toString().replace(" ", ""));
    out.raw(",\"logprob\":").raw(number(token.logprob()));
  }

  /** JSON has no infinity; OpenAI itself writes -9999 for "practically never". */
  private static String number(double logprob) {
    return Double.isFinite(logprob) ? Double.toString(logprob) : "-9999.0";
  }
}
