package com.visiquate.ccproxy.http;

import com.visiquate.ccproxy.chat.Failure;
import com.visiquate.ccproxy.dialect.Family;
import java.util.Locale;

/** A refusal in HTTP's own terms: a status, and why. */
record Refusal(int status, Failure failure) {
  static Refusal of(Failure failure, Family family) {
    return new Refusal(Status.of(failure.kind(), family), failure);
  }

  static Refusal emptyBody() {
    return invalid(400, "The request has no body; send a JSON object.", "empty_body");
  }

  static Refusal tooLarge(long limit) {
    return invalid(
        413, "The request body is larger than %d bytes.".formatted(limit), "request_too_large");
  }

  static Refusal encoded(String encoding) {
    return invalid(
        415,
        "Content-Encoding \"%s\" is not understood; use one of %s, or none."
            .formatted(encoding, Packing.OFFERED),
        "unsupported_content_encoding");
  }

  static Refusal packedBadly(Packing packing) {
    return invalid(
        400,
        "The request body is no complete %s data, as its Content-Encoding says."
            .formatted(packing.name().toLowerCase(Locale.ROOT)),
        "invalid_content_encoding");
  }

  static Refusal form() {
    return invalid(
        415,
        "A web page may not send this content type; use application/json.",
        "unsupported_media_type");
  }

  static Refusal noSuchPath(String path) {
    return invalid(404, "There is nothing at %s.".formatted(path), "not_found");
  }

  static Refusal wrongMethod(String method, String allowed) {
    return invalid(
        405, "%s is not possible here; use %s.".formatted(method, allowed), "method_not_allowed");
  }

  static Refusal malformed(int status) {
    return switch (status) {
      case 414 -> invalid(414, "The request line is too long.", "uri_too_long");
      case 431 -> invalid(431, "The request headers are too large.", "headers_too_large");
      default -> invalid(400, "This is not a valid HTTP request.", "malformed_request");
    };
  }

  static Refusal shuttingDown() {
    return new Refusal(503, Failure.shuttingDown());
  }

  private static Refusal invalid(int status, String message, String code) {
    return new Refusal(status, Failure.invalid(message, null, code));
  }
}
