package com.visiquate.ccproxy.ollama;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Tells errors of the request from errors of the server by their words: Ollama gives both status
 * 500, and says some of them only as a line of a stream. What one Ollama says of a request, every
 * other one says too.
 */
enum RequestFault {
  /** An image, or another attachment, that cannot be read. */
  ATTACHMENT(
      "illegal base64|image: unknown format|\\b(png|gif|webp|bmp|tiff): |(invalid|unsupported) jpeg"
          + "|invalid image|unsupported image|failed to (decode|load|parse) (the )?(image|audio)"
          + "|multimodal data provided|failed to process inputs|missing data required for image"),
  /** A schema that no grammar can be made of. */
  FORMAT(
      "invalid format: |json schema|unrecognized schema|(parse|parsing|initialize) grammar"
          + "|pattern must start with"),
  /** Anything else that only another request can mend. */
  OTHER(
      "option \".{1,64}\" must be of type|roles must alternate|jinja exception|raise_exception"
          + "|cannot unmarshal|invalid_request_error|\\bcode:4\\d\\d\\b|does not support "
          + "|invalid think value|only user, assistant"),
  NONE("(?!)");

  /** What fails because there is no memory for it may go well the next time. */
  private static final Pattern SERVER = Pattern.compile("out of memory|allocate|cuda error");

  private final Pattern words;

  RequestFault(String words) {
    this.words = Pattern.compile(words);
  }

  /**
   * What is wrong with the request.
   *
   * @param type of the error, where there is one
   */
  static RequestFault of(String type, String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    if (SERVER.matcher(lower).find()) {
      return NONE;
    }
    for (RequestFault fault : values()) {
      if (fault.words.matcher(lower).find()) {
        return fault;
      }
    }
    return type.equals("invalid_request_error") ? OTHER : NONE;
  }
}
