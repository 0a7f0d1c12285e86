package com.visiquate.ccproxy.dialect.ollama;

import com.visiquate.ccproxy.chat.EmbedRequest;
import com.visiquate.ccproxy.chat.ModelRequest;
import com.visiquate.ccproxy.dialect.Decoded;
import com.visiquate.ccproxy.dialect.Field;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads bodies of {@code POST /api/embed} and of the older {@code /api/embeddings}. */
final class EmbedReader {
  private static final Set<String> KNOWN = Set.of("model", "input", "dimensions", "truncate");
  private static final Set<String> KNOWN_OLD = Set.of("model", "prompt");

  /** Few enough that several backends share a long list, and that none holds its slot for long. */
  private static final int MOST_TOGETHER = 32;

  private static final int MOST_TEXTS = 2_048;

  private EmbedReader() {}

  /** One text or several, in one request or split into parts that run side by side. */
  static Asked texts(Field body) {
    String model = Common.model(body);
    List<String> texts = input(body.at("input"));
    if (texts.isEmpty()) {
      return new Asked.Residence(model);
    }
    Integer dimensions = dimensions(body.at("dimensions"));
    boolean cut = body.at("truncate").flag(true);
    EmbedRequest request = new EmbedRequest(model, texts, dimensions, true, cut);
    return work(List.copyOf(request.split(MOST_TOGETHER)), body, KNOWN);
  }

  /** One text, whose embedding is not normalised. */
  static Asked prompt(Field body) {
    String model = Common.model(body);
    String prompt = body.at("prompt").text("");
    return prompt.isEmpty()
        ? new Asked.Residence(model)
        : work(List.of(new EmbedRequest(model, List.of(prompt), null, false)), body, KNOWN_OLD);
  }

  private static Asked work(List<ModelRequest> parts, Field body, Set<String> known) {
    Dropped dropped = new Dropped();
    dropped.addUnknown(body, known);
    return new Asked.Work(
        new Decoded.Understood(parts, false, NativeForm.PLAIN, null, dropped.names()));
  }

  private static List<String> input(Field input) {
    if (input.isText()) {
      return input.text().isEmpty() ? List.of() : List.of(input.text());
    }
    if (input.node().size() > MOST_TEXTS) {
      throw input.invalid("'input' must hold at most %d texts.".formatted(MOST_TEXTS));
    }
    return input.items().stream().map(EmbedReader::text).toList();
  }

  /** Numbers would be the tokens of another model. */
  private static String text(Field text) {
    if (!text.isText()) {
      throw text.invalid("'%s': invalid input type (expected: a string)".formatted(text.path()));
    }
    return text.text();
  }

  private static @Nullable Integer dimensions(Field field) {
    Integer dimensions = field.count();
    if (dimensions != null && dimensions < 0) {
      throw field.invalid("'dimensions' must not be negative.");
    }
    return dimensions == null || dimensions == 0 ? null : dimensions;
  }
}
