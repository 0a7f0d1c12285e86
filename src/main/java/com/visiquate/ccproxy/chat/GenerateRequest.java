package com.visiquate.ccproxy.chat;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A text that a model goes on from, or a gap in a text that it fills.
 *
 * @param model the name that the client used: an alias or a model
 * @param prompt what comes before; not empty, because Ollama takes that for "only load the model"
 * @param suffix what comes after the gap; empty when there is none
 * @param raw whether the model reads the prompt as it is; else it is put into the model's template,
 *     which a suffix, a system text and images need
 * @param system instructions; empty for the model's own
 * @param template in place of the model's own; empty for that
 * @param topLogprobs how many alternatives to report for each token (0 to 20); null for no log
 *     probabilities at all
 */
public record GenerateRequest(
    String model,
    String prompt,
    String suffix,
    boolean raw,
    String system,
    String template,
    List<Image> images,
    Sampling sampling,
    OutputFormat format,
    Reasoning reasoning,
    @Nullable Integer topLogprobs)
    implements ModelRequest {
  public GenerateRequest {
    images = List.copyOf(images);
  }

  /** The text alone goes on, exactly as it is. */
  public static GenerateRequest continuing(String model, String prompt, Sampling sampling) {
    return new GenerateRequest(
        model,
        prompt,
        "",
        true,
        "",
        "",
        List.of(),
        sampling,
        OutputFormat.TEXT,
        Reasoning.UNSET,
        null);
  }

  /** The gap between two texts is filled; a model that thinks does not think about it. */
  public static GenerateRequest filling(
      String model, String prompt, String suffix, Sampling sampling) {
    return new GenerateRequest(
        model,
        prompt,
        suffix,
        false,
        "",
        "",
        List.of(),
        sampling,
        OutputFormat.TEXT,
        Reasoning.OFF,
        null);
  }

  public GenerateRequest withTopLogprobs(@Nullable Integer most) {
    return new GenerateRequest(
        model, prompt, suffix, raw, system, template, images, sampling, format, reasoning, most);
  }

  public GenerateRequest withReasoning(Reasoning wish) {
    return new GenerateRequest(
        model, prompt, suffix, raw, system, template, images, sampling, format, wish, topLogprobs);
  }

  @Override
  public @Nullable Integer mostTokens() {
    return sampling.maxTokens();
  }
}
