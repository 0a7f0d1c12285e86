package com.visiquate.ccproxy.dialect;

/**
 * How many tokens things are.
 *
 * @param text tokens for each UTF-8 byte of text
 * @param json tokens for each byte of tool schemas and of arguments
 * @param item tokens that frame one message, tool or call
 * @param image tokens of one image
 */
public record TokenRatios(double text, double json, double item, double image) {
  /**
   * English with code in it is 3.7 to 4.3 bytes a token with the tokenizers of Qwen, Llama and
   * gpt-oss; this is about a twentieth above, because a client that is told too little overruns its
   * window.
   */
  public static final TokenRatios DEFAULT = new TokenRatios(0.28, 0.30, 5, 1300);

  public TokenRatios {
    if (!(text >= 0 && json >= 0 && item >= 0 && image >= 0)) {
      throw new IllegalArgumentException(
          "token ratios: %s, %s, %s, %s (expected: >= 0)".formatted(text, json, item, image));
    }
  }

  /** Everything so many times as heavy. */
  public TokenRatios times(double factor) {
    return new TokenRatios(text * factor, json * factor, item * factor, image * factor);
  }
}
