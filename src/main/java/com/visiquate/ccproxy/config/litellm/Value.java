package com.visiquate.ccproxy.config.litellm;

/**
 * A single value of a LiteLLM file.
 *
 * @param text what it is now, variables looked up
 * @param reference how a native file says the same, variables by name
 */
record Value(String text, String reference) {
  /** A text that a native file takes literally. */
  static String escaped(String text) {
    return text.replace("${", "$${");
  }
}
