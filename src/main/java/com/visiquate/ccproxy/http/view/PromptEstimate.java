package com.visiquate.ccproxy.http.view;

import com.visiquate.ccproxy.chat.Failure;
import com.visiquate.ccproxy.dialect.PromptSize;
import com.visiquate.ccproxy.fleet.ModelSpec;
import java.util.Optional;

/**
 * What is known of a prompt before anybody computes it.
 *
 * @param size what it is reckoned from
 * @param unscaled its tokens by the default ratios, before anything that was learnt
 * @param tokens how many it probably has
 * @param least how many it has even if this estimate is as wrong as estimates ever are
 */
public record PromptEstimate(
    ModelSpec model, PromptSize size, double unscaled, int tokens, int least) {
  /**
   * Why it need not be sent; nothing where only Ollama can tell, which refuses what does not fit.
   */
  public Optional<Failure> overflow() {
    return least > model.context()
        ? Optional.of(Failure.tooLong(Math.max(least, tokens), model.context()))
        : Optional.empty();
  }
}
