package com.visiquate.ccproxy.http.intake;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.visiquate.ccproxy.dialect.RequestJson;
import java.net.URLDecoder;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Paths that name the model, as Azure's SDKs write them: {@code
 * /openai/deployments/{model}/chat/completions?api-version=…}. What such a path names counts, also
 * against the body.
 */
public final class Deployments {
  /** For the router, which only says what is possible there. */
  public static final List<String> TEMPLATES =
      List.of(
          "/openai/deployments/:model/chat/completions",
          "/openai/deployments/:model/completions",
          "/openai/deployments/:model/embeddings",
          "/openai/deployments/:model/responses");

  private static final Pattern PATH =
      Pattern.compile(
          "(?:/v1)?(?:/openai)?/(?:deployments|engines)/(.+?)"
              + "(/chat/completions|/completions|/embeddings|/responses)/?");

  private Deployments() {}

  /** A model, and the endpoint that is asked of it. */
  public record Named(String model, String endpoint) {}

  public static Optional<Named> of(String path) {
    Matcher parts = PATH.matcher(path);
    if (!parts.matches()) {
      return Optional.empty();
    }
    try {
      // A plus is a plus in a path.
      String model = URLDecoder.decode(parts.group(1).replace("+", "%2B"), UTF_8);
      return Optional.of(new Named(model, parts.group(2)));
    } catch (IllegalArgumentException malformed) {
      return Optional.empty();
    }
  }

  /** The same body, which asks for this model; of two members of one name the last one counts. */
  static byte[] naming(String model, byte[] body) {
    String text = new String(body, UTF_8);
    int end = text.lastIndexOf('}');
    if (end < 0 || RequestJson.text(body, "model").filter(model::equals).isPresent()) {
      return body;
    }
    String before = text.substring(0, end).stripTrailing();
    String comma = before.endsWith("{") ? "" : ",";
    String member = comma + "\"model\":" + RequestJson.quoted(model);
    return (before + member + text.substring(end)).getBytes(UTF_8);
  }
}
