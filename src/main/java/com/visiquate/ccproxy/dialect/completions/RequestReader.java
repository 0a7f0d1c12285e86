package com.visiquate.ccproxy.dialect.completions;

import com.visiquate.ccproxy.chat.GenerateRequest;
import com.visiquate.ccproxy.chat.ModelRequest;
import com.visiquate.ccproxy.chat.Reasoning;
import com.visiquate.ccproxy.chat.Sampling;
import com.visiquate.ccproxy.dialect.Decoded;
import com.visiquate.ccproxy.dialect.Dropped;
import com.visiquate.ccproxy.dialect.Field;
import com.visiquate.ccproxy.dialect.ThinkingWish;
import com.visiquate.ccproxy.dialect.openai.CommonFields;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads one body of a completion request. */
final class RequestReader {
  /** OpenAI's own default; a completion without a limit would go on and on. */
  private static final int USUAL_TOKENS = 16;

  private static final int MOST_CHOICES = 128;
  private static final int MOST_LOGPROBS = 20;

  /** Read, or without any effect on an answer. */
  private static final Set<String> KNOWN =
      Set.of(
          "model",
          "disable_fallbacks",
          "prompt",
          "suffix",
          "echo",
          "n",
          "best_of",
          "max_tokens",
          "temperature",
          "top_p",
          "top_k",
          "seed",
          "stop",
          "frequency_penalty",
          "presence_penalty",
          "logprobs",
          "stream",
          "stream_options",
          "metadata",
          "user",
          "safety_identifier",
          "prompt_cache_key");

  private final Field body;

  RequestReader(Field body) {
    this.body = body;
  }

  Decoded.Understood read() {
    String model = CommonFields.model(body);
    int copies = copies();
    List<Field> prompts = Prompts.read(body.at("prompt"), MOST_CHOICES / copies);
    boolean echo = body.at("echo").flag(false);
    Integer logprobs = logprobs(echo);
    boolean usage = body.at("stream_options").at("include_usage").flag(false);
    return new Decoded.Understood(
            parts(model, prompts, copies, logprobs),
            body.at("stream").flag(false),
            new CompletionForm(usage, echoes(prompts, copies, echo), copies, logprobs),
            CommonFields.client(body),
            dropped(copies))
        .alone(CommonFields.isAlone(body));
  }

  /** One for each choice; those of one prompt follow each other. */
  private List<ModelRequest> parts(
      String model, List<Field> prompts, int copies, @Nullable Integer logprobs) {
    String suffix = body.at("suffix").text("");
    Sampling sampling = sampling();
    Reasoning wish = ThinkingWish.read(body);
    // Nobody thinks about a gap.
    Reasoning reasoning = suffix.isEmpty() ? wish : Reasoning.OFF;
    List<ModelRequest> parts = new ArrayList<>();
    for (Field prompt : prompts) {
      for (int copy = 0; copy < copies; copy++) {
        Sampling own = varied(sampling, copy);
        parts.add(
            request(model, prompt, suffix, own).withReasoning(reasoning).withTopLogprobs(logprobs));
      }
    }
    return parts;
  }

  private static List<String> echoes(List<Field> prompts, int copies, boolean echo) {
    return prompts.stream()
        .map(prompt -> echo ? prompt.text() : "")
        .flatMap(text -> Collections.nCopies(copies, text).stream())
        .toList();
  }

  /** No choices are generated to be thrown away, so the best of more is not to be had. */
  private List<String> dropped(int copies) {
    Dropped dropped = new Dropped();
    Integer best = body.at("best_of").count();
    dropped.addIf(best != null && best > copies, "best_of");
    dropped.addUnknown(body, List.of(KNOWN, ThinkingWish.NAMES, CommonFields.SESSIONS));
    ThinkingWish.unheard(body, dropped);
    return dropped.names();
  }

  /** Two choices of one seed would be the same. */
  private static Sampling varied(Sampling sampling, int copy) {
    Long seed = sampling.seed();
    return seed == null ? sampling : sampling.withSeed(seed + copy);
  }

  /**
   * Before a suffix an empty prompt is usual: the cursor stands at the start of a file. Ollama
   * would take it for "only load the model", so it becomes the least that is a text.
   */
  private static GenerateRequest request(
      String model, Field prompt, String suffix, Sampling sampling) {
    String text = prompt.text();
    if (!suffix.isEmpty()) {
      return GenerateRequest.filling(model, text.isEmpty() ? "\n" : text, suffix, sampling);
    }
    if (text.isEmpty()) {
      throw prompt.invalid("'%s' must not be empty.".formatted(prompt.path()));
    }
    return GenerateRequest.continuing(model, text, sampling);
  }

  private int copies() {
    Integer n = body.at("n").count();
    int copies = n == null ? 1 : n;
    if (copies < 1 || copies > MOST_CHOICES) {
      throw body.at("n").invalid("'n' must be between 1 and %d.".formatted(MOST_CHOICES));
    }
    return copies;
  }

  private @Nullable Integer logprobs(boolean echo) {
    Field field = body.at("logprobs");
    Integer top = field.count();
    if (top == null) {
      return null;
    }
    if (top < 0 || top > MOST_LOGPROBS) {
      throw field.invalid("'logprobs' must be between 0 and %d.".formatted(MOST_LOGPROBS));
    }
    if (echo) {
      throw field.unsupported(
          "Log probabilities of a prompt are not known here; leave out 'echo' or 'logprobs'.");
    }
    return top;
  }

  private Sampling sampling() {
    return new Sampling(
        maxTokens(),
        body.at("temperature").decimal(),
        body.at("top_p").decimal(),
        body.at("top_k").count(),
        body.at("seed").whole(),
        body.at("frequency_penalty").decimal(),
        body.at("presence_penalty").decimal(),
        CommonFields.stop(body));
  }

  /** A negative number is the usual word for "no limit". */
  private @Nullable Integer maxTokens() {
    Field field = body.at("max_tokens");
    Integer most = field.count();
    if (most == null) {
      return USUAL_TOKENS;
    }
    if (most == 0) {
      throw field.invalid("'max_tokens' must be at least 1.");
    }
    return most < 0 ? null : most;
  }
}
