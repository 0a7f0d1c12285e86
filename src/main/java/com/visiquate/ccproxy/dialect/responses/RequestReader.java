package com.visiquate.ccproxy.dialect.responses;

import com.visiquate.ccproxy.chat.ChatRequest;
import com.visiquate.ccproxy.chat.OutputFormat;
import com.visiquate.ccproxy.chat.Reasoning;
import com.visiquate.ccproxy.chat.Sampling;
import com.visiquate.ccproxy.dialect.Decoded;
import com.visiquate.ccproxy.dialect.Dropped;
import com.visiquate.ccproxy.dialect.Effort;
import com.visiquate.ccproxy.dialect.Field;
import com.visiquate.ccproxy.dialect.Recall;
import com.visiquate.ccproxy.dialect.ThinkingWish;
import com.visiquate.ccproxy.dialect.openai.CommonFields;
import com.visiquate.ccproxy.dialect.openai.Format;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads one body of a request; owns the list of what it could not honour. */
final class RequestReader {
  private static final String LOGPROBS = "message.output_text.logprobs";
  private static final String SEALED = "reasoning.encrypted_content";

  private final Field body;
  private final Recall recall;
  private final Dropped dropped = new Dropped();

  RequestReader(Field body, Recall recall) {
    this.body = body;
    this.recall = recall;
  }

  Decoded.Understood read() {
    return understood().alone(CommonFields.isAlone(body));
  }

  private Decoded.Understood understood() {
    refuseWhatSilenceWouldBend();
    Conversation conversation = new Conversation(body, recall, dropped);
    ToolsReader tools = new ToolsReader(body.at("tools"), conversation.toolItems(), dropped);
    Set<String> include = include();
    ChatRequest request =
        new ChatRequest(
            CommonFields.model(body),
            conversation.messages(),
            tools.tools(),
            new ChoiceReader(tools.known(), dropped).read(body.at("tool_choice")),
            body.at("parallel_tool_calls").flag(true),
            sampling(),
            Format.read(conversation.setting("text", "format")),
            reasoning(conversation.setting("reasoning", "effort")),
            topLogprobs(include.contains(LOGPROBS)));
    ResponsesForm form = form(conversation, tools, include);
    nameTheUnheard();
    return new Decoded.Understood(
        conversation.compacts() ? Summary.of(request) : request,
        body.at("stream").flag(false),
        form,
        CommonFields.client(body),
        dropped.names());
  }

  private ResponsesForm form(Conversation conversation, ToolsReader tools, Set<String> include) {
    boolean stores = body.at("store").flag(true);
    return new ResponsesForm(
        Echo.of(body, tools.echo()),
        tools.known(),
        include.contains(SEALED) || !stores,
        ThinkingWish.isHidden(body),
        stores,
        stores ? conversation.kept() : List.of(),
        conversation.compacts());
  }

  /** Only what a model would read; the model itself may be left open. */
  ChatRequest question() {
    Conversation conversation = new Conversation(body, recall, dropped);
    ToolsReader tools = new ToolsReader(body.at("tools"), conversation.toolItems(), dropped);
    return new ChatRequest(
        body.at("model").text(""),
        conversation.messages(),
        tools.tools(),
        new ChoiceReader(tools.known(), dropped).read(body.at("tool_choice")),
        true,
        Sampling.DEFAULT,
        OutputFormat.TEXT,
        Reasoning.UNSET,
        null);
  }

  private void refuseWhatSilenceWouldBend() {
    if (body.at("background").flag(false)) {
      throw body.at("background")
          .unsupported("Responses cannot run in the background here; wait or stream.");
    }
    if (!body.at("conversation").isAbsent()) {
      throw body.at("conversation")
          .unsupported(
              "Conversations are not kept here; use 'previous_response_id' or send all items.");
    }
    if (!body.at("prompt").isAbsent()) {
      throw body.at("prompt").unsupported("Stored prompts are unknown here; send their text.");
    }
  }

  private void nameTheUnheard() {
    dropped.addUnknown(body, List.of(KnownFields.ALL, ThinkingWish.NAMES, CommonFields.SESSIONS));
    ThinkingWish.unheard(body, dropped);
    dropped.addIf(!body.at("text").at("verbosity").isAbsent(), "text.verbosity");
    dropped.addIf(body.at("truncation").text("disabled").equals("auto"), "truncation");
  }

  private Sampling sampling() {
    return new Sampling(
        CommonFields.maxTokens(body.at("max_output_tokens")),
        body.at("temperature").decimal(),
        body.at("top_p").decimal(),
        null,
        null,
        null,
        null,
        List.of());
  }

  /** What an item of the conversation has changed since counts more than the request itself. */
  private Reasoning reasoning(Field effort) {
    boolean changed = !effort.path().equals("reasoning.effort");
    return changed && effort.isText() ? Effort.of(effort.text()) : ThinkingWish.read(body);
  }

  /** What it asks for about tools of OpenAI's servers never occurs, so it is not missed. */
  private Set<String> include() {
    return Set.copyOf(body.at("include").items().stream().map(Field::text).distinct().toList());
  }

  private @Nullable Integer topLogprobs(boolean included) {
    Integer count = CommonFields.topLogprobs(body.at("top_logprobs"));
    if (!included) {
      dropped.addIf(count != null && count > 0, "top_logprobs");
      return null;
    }
    return count == null ? Integer.valueOf(0) : count;
  }
}
