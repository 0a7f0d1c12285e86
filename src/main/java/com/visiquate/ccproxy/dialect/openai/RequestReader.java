package com.visiquate.ccproxy.dialect.openai;

import com.visiquate.ccproxy.chat.ChatRequest;
import com.visiquate.ccproxy.chat.Sampling;
import com.visiquate.ccproxy.dialect.Decoded;
import com.visiquate.ccproxy.dialect.Dropped;
import com.visiquate.ccproxy.dialect.Field;
import com.visiquate.ccproxy.dialect.ThinkingWish;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads one body of a chat request; owns the list of what it could not honour. */
final class RequestReader {
  private final Field body;
  private final Dropped dropped = new Dropped();

  RequestReader(Field body) {
    this.body = body;
  }

  Decoded.Understood read() {
    refuseWhatSilenceWouldBend();
    ToolsReader tools = new ToolsReader(body, dropped);
    ChatRequest request =
        new ChatRequest(
            CommonFields.model(body),
            new MessagesReader().read(body.at("messages")),
            tools.tools(),
            tools.choice(),
            !tools.isLegacy() && body.at("parallel_tool_calls").flag(true),
            sampling(),
            Format.read(body.at("response_format")),
            ThinkingWish.read(body),
            topLogprobs());
    boolean usage = body.at("stream_options").at("include_usage").flag(false);
    ChatForm form =
        new ChatForm(usage, tools.isLegacy(), tools.custom(), ThinkingWish.isHidden(body));
    ThinkingWish.unheard(body, dropped);
    dropped.addUnknown(body, List.of(KnownFields.ALL, ThinkingWish.NAMES, CommonFields.SESSIONS));
    return new Decoded.Understood(
            request,
            body.at("stream").flag(false),
            form,
            CommonFields.client(body),
            dropped.names())
        .alone(CommonFields.isAlone(body));
  }

  private void refuseWhatSilenceWouldBend() {
    Integer n = body.at("n").count();
    if (n != null && n != 1) {
      throw body.at("n")
          .unsupported("Only one choice can be generated; leave out 'n' or set it to 1.");
    }
    for (Field modality : body.at("modalities").items()) {
      if (!modality.text().equals("text")) {
        throw body.at("modalities").unsupported("Only text can be generated.");
      }
    }
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

  /** Of the two names the newer one wins. */
  private @Nullable Integer maxTokens() {
    Field newer = body.at("max_completion_tokens");
    return CommonFields.maxTokens(newer.isAbsent() ? body.at("max_tokens") : newer);
  }

  private @Nullable Integer topLogprobs() {
    Field top = body.at("top_logprobs");
    if (!body.at("logprobs").flag(false)) {
      dropped.addIf(top.count() != null, "top_logprobs");
      return null;
    }
    Integer count = CommonFields.topLogprobs(top);
    return count == null ? Integer.valueOf(0) : count;
  }
}
