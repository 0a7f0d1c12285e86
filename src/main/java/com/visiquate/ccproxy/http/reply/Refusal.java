package com.visiquate.ccproxy.http.reply;

import com.visiquate.ccproxy.chat.Failure;
import com.visiquate.ccproxy.dialect.Family;
import com.visiquate.ccproxy.fleet.Label;
import java.util.OptionalInt;

/**
 * A refusal in HTTP's own terms: why, and a status of its own where the kind of the failure does
 * not say it: HTTP has many words for a request that is wrong.
 */
public record Refusal(Failure failure, OptionalInt own) {
  public static Refusal of(Failure failure) {
    return new Refusal(failure, OptionalInt.empty());
  }

  /** A request that is wrong here although it would be right elsewhere. */
  public static Refusal withheld(Failure failure) {
    return new Refusal(failure, OptionalInt.of(403));
  }

  /** The status that it has for a family's clients. */
  int status(Family family) {
    return own.orElseGet(() -> Status.of(failure.kind(), family));
  }

  public static Refusal emptyBody() {
    return invalid(400, "The request has no body; send a JSON object.", "empty_body");
  }

  public static Refusal tooLarge(long limit) {
    return invalid(
        413, "The request body is larger than %d bytes.".formatted(limit), "request_too_large");
  }

  public static Refusal encoded(String encoding) {
    return invalid(
        415,
        "Content-Encoding \"%s\" is not understood; use one of %s, or none."
            .formatted(encoding, Packing.OFFERED),
        "unsupported_content_encoding");
  }

  public static Refusal packedBadly(Packing packing) {
    return invalid(
        400,
        "The request body is no complete %s data, as its Content-Encoding says."
            .formatted(Label.of(packing)),
        "invalid_content_encoding");
  }

  public static Refusal form() {
    return invalid(
        415,
        "A web page may not send this content type; use application/json.",
        "unsupported_media_type");
  }

  public static Refusal noSuchPath(String path) {
    return invalid(404, "There is nothing at %s.".formatted(path), "not_found");
  }

  /** A record that is not there, or not theirs to see. */
  public static Refusal noSuchRequest() {
    return invalid(
        404,
        "No request of this id is on record; it may be too old, or of another key.",
        "request_not_found");
  }

  /** A start of which the timeline knows nothing. */
  public static Refusal noSuchStart() {
    return invalid(
        404,
        "No request of this id has started, as far as the timeline reaches.",
        "request_not_found");
  }

  /** What the configuration does not keep. */
  public static Refusal notKept(String what, String key) {
    return invalid(404, "No %s is kept here; %s switches it on.".formatted(what, key), "not_kept");
  }

  public static Refusal wrongMethod(String method, String allowed) {
    return invalid(
        405, "%s is not possible here; use %s.".formatted(method, allowed), "method_not_allowed");
  }

  public static Refusal noWebSocket() {
    return invalid(426, "There are no websockets here; use HTTP.", "websocket_not_supported");
  }

  public static Refusal malformed(int status) {
    return switch (status) {
      case 414 -> invalid(414, "The request line is too long.", "uri_too_long");
      case 431 -> invalid(431, "The request headers are too large.", "headers_too_large");
      default -> invalid(400, "This is not a valid HTTP request.", "malformed_request");
    };
  }

  public static Refusal noKey() {
    String message =
        "Authentication Error, No api key passed in. Send it as Authorization: Bearer KEY or as"
            + " x-api-key.";
    return of(Failure.of(Failure.Kind.UNAUTHENTICATED, message));
  }

  public static Refusal wrongKey() {
    return forbidden("Authentication Error, this api key is not known here.", "invalid_api_key");
  }

  public static Refusal strangeHost() {
    return forbidden(
        "This gateway is not called by this host name; name it in server.hosts.",
        "host_not_allowed");
  }

  public static Refusal operatorsOnly() {
    return forbidden("This is for operators; it needs a key with operator: true.", "operator_only");
  }

  /** Without keys, whoever is on the same network could steer the fleet. */
  public static Refusal changedFromHereOnly() {
    return forbidden(
        "Without keys only this machine itself may change something; configure keys, one of them"
            + " with operator: true.",
        "operator_only");
  }

  /** What a form or a link of another page could have sent. */
  public static Refusal consoleHeaderMissing() {
    return forbidden(
        "Whoever changes something sends the header x-ccproxy-console: 1.", "console_header");
  }

  public static Refusal strangeOrigin() {
    return forbidden("A page of another origin may not change anything here.", "origin_refused");
  }

  public static Refusal modelNotAllowed(String model) {
    return forbidden(
        "This api key may not use the model %s; ask /v1/models for those that it may use."
            .formatted(model),
        "model_not_allowed");
  }

  /** The body came too slowly. */
  public static Refusal tooSlow() {
    return invalid(408, "The request body took too long.", "request_timeout");
  }

  private static Refusal forbidden(String message, String code) {
    return of(new Failure(Failure.Kind.FORBIDDEN, message, "", null, code, null, null));
  }

  public static Refusal shuttingDown() {
    return of(Failure.shuttingDown());
  }

  private static Refusal invalid(int status, String message, String code) {
    return new Refusal(Failure.invalid(message, null, code), OptionalInt.of(status));
  }
}
