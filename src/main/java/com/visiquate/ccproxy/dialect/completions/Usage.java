package com.visiquate.ccproxy.dialect.completions;

import com.visiquate.ccproxy.chat.Counts;
import com.visiquate.ccproxy.dialect.ByteSink;

/**
 * Owns what the choices of one answer cost. A prompt with several choices counts once, as OpenAI
 * counts it.
 */
final class Usage {
  private final int copies;
  private final int[] prompts;
  private final int[] cached;
  private long output;

  Usage(CompletionForm form) {
    copies = form.copies();
    prompts = new int[form.choices() / copies];
    cached = new int[prompts.length];
  }

  void add(int choice, Counts counts) {
    int prompt = choice / copies;
    boolean first = prompts[prompt] == 0;
    prompts[prompt] = Math.max(prompts[prompt], counts.promptTokens());
    cached[prompt] =
        first ? counts.cachedTokens() : Math.min(cached[prompt], counts.cachedTokens());
    output += counts.outputTokens();
  }

  void write(ByteSink out) {
    long prompt = sum(prompts);
    out.raw("{\"prompt_tokens\":").number(prompt);
    out.raw(",\"completion_tokens\":").number(output);
    out.raw(",\"total_tokens\":").number(prompt + output);
    out.raw(",\"prompt_tokens_details\":{\"cached_tokens\":").number(sum(cached)).raw("}}");
  }

  private static long sum(int[] numbers) {
    long sum = 0;
    for (int number : numbers) {
      sum += number;
    }
    return sum;
  }
}
