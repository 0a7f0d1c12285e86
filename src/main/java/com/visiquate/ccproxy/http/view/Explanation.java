package com.visiquate.ccproxy.http.view;

import com.visiquate.ccproxy.chat.EmbedRequest;
import com.visiquate.ccproxy.chat.Failure;
import java.util.List;

/**
 * What the gateway knows besides what a failure says.
 *
 * @param tokens that the one prompt probably has; 0 when nobody knows
 * @param embedders models that embed texts, for whoever wants that of another one
 */
public record Explanation(int tokens, List<String> embedders) {
  public static final Explanation NONE = new Explanation(0, List.of());
  private static final int MOST = 3;

  public static Explanation of(SizedRequest request, FleetView fleet) {
    PromptEstimate prompt = request.prompt();
    boolean embeds = request.understood().parts().getFirst() instanceof EmbedRequest;
    return new Explanation(
        prompt == null ? 0 : prompt.tokens(),
        embeds ? new OneOllama(fleet).embedders() : List.of());
  }

  /** The failure as the client is told it. */
  public Failure of(Failure failure) {
    Failure counted = failure.counting(tokens);
    boolean unable = "embeddings_unsupported".equals(failure.code());
    return unable && !embedders.isEmpty()
        ? counted.saying(
            "%s Such as: %s."
                .formatted(
                    counted.message(),
                    String.join(", ", embedders.subList(0, Math.min(MOST, embedders.size())))))
        : counted;
  }
}
