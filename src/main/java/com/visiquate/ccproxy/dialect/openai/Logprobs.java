package com.visiquate.ccproxy.dialect.openai;

import com.visiquate.ccproxy.chat.TokenLogprob;
import com.visiquate.ccproxy.dialect.ByteSink;
import java.util.List;

/** Writes log probabilities of tokens. */
final class Logprobs {
  private Logprobs() {}

  static void write(List<TokenLogprob> tokens, ByteSink out) {
    out.raw("{\"content\":[");
    for (int i = 0; i < tokens.size(); i++) {
      TokenLogprob token = tokens.get(i);
      out.raw(i == 0 ? "" : ",");
      token(token, out);
      out.raw(",\"top_logprobs\":[");
      top(token.top(), out);
      out.raw("]}");
    }
    out.raw("],\"refusal\":null}");
  }

  private static void top(List<TokenLogprob> alternatives, ByteSink out) {
    for (int i = 0; i < alternatives.size(); i++) {
      out.raw(i == 0 ? "" : ",");
      token(alternatives.get(i), out);
      out.raw("}");
    }
  }

  private static void token(TokenLogprob token, ByteSink out) {
    out.raw("{\"token\":").json(token.token());
    out.raw(",\"logprob\":").raw(number(token.logprob())).raw(",\"bytes\":");
    if (token.bytes().isEmpty()) {
      out.raw("null");
      return;
    }
    char separator = '[';
    for (int octet : token.bytes()) {
      out.raw(String.valueOf(separator)).number(octet);
      separator = ',';
    }
    out.raw("]");
  }

  /** JSON has no infinity; OpenAI itself writes -9999 for "practically never". */
  private static String number(double logprob) {
    return Double.isFinite(logprob) ? Double.toString(logprob) : "-9999.0";
  }
}
