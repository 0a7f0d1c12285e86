package com.visiquate.ccproxy.http;

import com.visiquate.ccproxy.dialect.Answer;
import com.visiquate.ccproxy.dialect.Decoded;
import com.visiquate.ccproxy.dialect.anthropic.Calibration;
import com.visiquate.ccproxy.dialect.anthropic.TokenRatios;
import com.visiquate.ccproxy.fleet.ModelName;
import java.util.Optional;

/** What this ingress knows about the size of prompts; it learns from the answers that it sends. */
final class PromptSizes implements Calibration {
  private final Fleet fleet;
  private final TokenCalibration learnt = new TokenCalibration();

  PromptSizes(Fleet fleet) {
    this.fleet = fleet;
  }

  @Override
  public TokenRatios ratios(String name) {
    return model(name)
        .map(model -> TokenRatios.DEFAULT.times(learnt.factor(model)))
        .orElse(TokenRatios.DEFAULT);
  }

  /** Whoever wants to know how good the estimates are. */
  @FunctionalInterface
  interface Critic {
    void compared(ModelName model, int estimated, int counted);
  }

  /** The same answer; when it ends well, the estimate of its prompt is compared with its counts. */
  Answer learningFrom(Answer answer, Decoded.Understood request, Critic critic) {
    int estimated = request.form().estimatedTokens();
    ModelName model = estimated == 0 ? null : model(request.model()).orElse(null);
    if (model == null) {
      return answer;
    }
    // Undone at once, because the factor will have changed when the answer ends.
    double unscaled = estimated / learnt.factor(model);
    return new Learning(
        answer,
        counts -> {
          learnt.observed(model, unscaled, counts.promptTokens());
          critic.compared(model, estimated, counts.promptTokens());
        });
  }

  private Optional<ModelName> model(String name) {
    return fleet.plan().catalogue().find(name).map(match -> match.model().name());
  }
}
