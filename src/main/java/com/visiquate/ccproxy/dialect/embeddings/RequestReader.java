package com.visiquate.ccproxy.dialect.embeddings;

import com.visiquate.ccproxy.chat.EmbedRequest;
import com.visiquate.ccproxy.dialect.BadField;
import com.visiquate.ccproxy.dialect.Decoded;
import com.visiquate.ccproxy.dialect.Dropped;
import com.visiquate.ccproxy.dialect.Field;
import com.visiquate.ccproxy.dialect.openai.CommonFields;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads one body of an embedding request. */
final class RequestReader {
  /** Few enough that several backends share a long list, and that none holds its slot for long. */
  private static final int PART_SIZE = 32;

  private static final int MOST_TEXTS = 2_048;

  /** Read, or without any effect on an answer. */
  private static final Set<String> KNOWN =
      Set.of(
          "model",
          "input",
          "dimensions",
          "encoding_format",
          "metadata",
          "user",
          "safety_identifier",
          "prompt_cache_key");

  private final Field body;

  RequestReader(Field body) {
    this.body = body;
  }

  Decoded.Understood read() {
    EmbedRequest whole =
        new EmbedRequest(CommonFields.model(body), texts(body.at("input")), dimensions(), true);
    List<EmbedRequest> parts = whole.split(PART_SIZE);
    Dropped dropped = new Dropped();
    dropped.addUnknown(body, List.of(KNOWN, CommonFields.SESSIONS));
    return new Decoded.Understood(
        List.copyOf(parts),
        false,
        new EmbeddingForm(parts.size(), PART_SIZE, isBase64(body.at("encoding_format"))),
        CommonFields.client(body),
        dropped.names());
  }

  private static List<String> texts(Field input) {
    if (input.isText()) {
      return List.of(alone(input));
    }
    if (!input.isList()) {
      throw input.isAbsent()
          ? new BadField("'input' is missing.", "input", "missing_required_parameter")
          : input.invalid("'input' must be a string or a list of strings.");
    }
    if (input.node().path(0).isNumber() || input.node().path(0).isArray()) {
      // Only the model server knows its tokens, and it tells nobody what they stand for.
      throw input.unsupported("Token ids cannot be read; send the input as text.");
    }
    int size = input.node().size();
    if (size == 0 || size > MOST_TEXTS) {
      throw input.invalid("'input' must hold 1 to %d strings.".formatted(MOST_TEXTS));
    }
    // An empty one among others must not lose them all.
    return input.items().stream().map(Field::text).toList();
  }

  private static String alone(Field field) {
    if (field.text().isEmpty()) {
      throw field.invalid("'%s' must not be an empty string.".formatted(field.path()));
    }
    return field.text();
  }

  private @Nullable Integer dimensions() {
    Field field = body.at("dimensions");
    Integer dimensions = field.count();
    if (dimensions != null && dimensions < 1) {
      throw field.invalid("'dimensions' must be at least 1.");
    }
    return dimensions;
  }

  private static boolean isBase64(Field format) {
    return switch (format.text("float").toLowerCase(Locale.ROOT)) {
      case "float" -> false;
      case "base64" -> true;
      default -> throw format.invalid("'encoding_format' must be float or base64.");
    };
  }
}
