package com.visiquate.ccproxy.http.ingress;

import com.visiquate.ccproxy.bus.Fact.PromptCheck;
import com.visiquate.ccproxy.chat.ChatEvent;
import com.visiquate.ccproxy.chat.Counts;
import com.visiquate.ccproxy.dialect.Answer;
import com.visiquate.ccproxy.dialect.Calibration;
import com.visiquate.ccproxy.dialect.Decoded;
import com.visiquate.ccproxy.dialect.PromptSize;
import com.visiquate.ccproxy.dialect.TokenRatios;
import com.visiquate.ccproxy.fleet.ModelName;
import com.visiquate.ccproxy.fleet.ModelSpec;
import com.visiquate.ccproxy.http.exchange.Findings;
import com.visiquate.ccproxy.http.view.FleetView;
import com.visiquate.ccproxy.http.view.PromptEstimate;
import com.visiquate.ccproxy.http.view.SizedRequest;
import com.visiquate.ccproxy.http.view.TokenCalibration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What this ingress knows about the size of prompts; it learns from the answers that it sends. */
public final class PromptSizes implements Calibration {
  /** So many times the usual error is no error any more: it is clear. */
  private static final int CERTAINTY = 3;

  private final FleetView fleet;
  private final TokenCalibration learnt = new TokenCalibration();

  public PromptSizes(FleetView fleet) {
    this.fleet = fleet;
  }

  @Override
  public TokenRatios ratios(String name) {
    return model(name)
        .map(model -> TokenRatios.DEFAULT.times(learnt.factor(model.name())))
        .orElse(TokenRatios.DEFAULT);
  }

  /**
   * How large its prompt is.
   *
   * @param chosen the model of several that share its name; null when they do not
   */
  public SizedRequest of(Decoded.Understood understood, @Nullable ModelName chosen) {
    PromptSize size = size(understood);
    PromptEstimate prompt =
        size == null
            ? null
            : fleet
                .model(understood.model(), chosen)
                .map(model -> estimate(model, size))
                .orElse(null);
    return new SizedRequest(understood, chosen, prompt);
  }

  /**
   * The same answer; when it ends well, the estimate of its prompt is compared with its counts.
   *
   * @param findings knows whether another model has counted than was asked for, and is told how
   *     good the estimate was
   */
  Answer learningFrom(Answer answer, @Nullable PromptEstimate prompt, Findings findings) {
    return prompt == null
        ? answer
        : new Overheard(
            answer,
            event -> {
              if (event instanceof ChatEvent.Finished finished) {
                counted(prompt, findings, finished.counts());
              }
            });
  }

  private void counted(PromptEstimate prompt, Findings findings, Counts counts) {
    int counted = counts.promptTokens();
    if (counted > 0 && !findings.isFallback()) {
      learnt.observed(prompt.model().name(), prompt.unscaled(), counted);
      findings.checked(new PromptCheck(prompt.tokens(), counted));
    }
  }

  /** How many tokens a prompt of this size has for a model. */
  PromptEstimate estimate(ModelSpec model, PromptSize size) {
    double ratio = learnt.ratio(model.name());
    double surely = Math.max(0, 1 - CERTAINTY * learnt.error(model.name()));
    return new PromptEstimate(
        model,
        size,
        size.tokens(TokenRatios.DEFAULT),
        size.tokens(TokenRatios.DEFAULT.times(ratio)),
        size.certain().tokens(TokenRatios.DEFAULT.times(ratio * surely)));
  }

  private static @Nullable PromptSize size(Decoded.Understood understood) {
    PromptSize known = understood.form().promptSize();
    boolean single = known == null && understood.parts().size() == 1;
    return single ? PromptSize.of(understood.parts().getFirst()) : known;
  }

  private Optional<ModelSpec> model(String name) {
    return fleet.model(name, null);
  }
}
