package com.visiquate.ccproxy.dialect.anthropic;

import com.visiquate.ccproxy.chat.ChatRequest;
import com.visiquate.ccproxy.chat.Message;
import com.visiquate.ccproxy.chat.OutputFormat;
import com.visiquate.ccproxy.chat.Sampling;
import com.visiquate.ccproxy.dialect.Calibration;
import com.visiquate.ccproxy.dialect.Decoded;
import com.visiquate.ccproxy.dialect.Dropped;
import com.visiquate.ccproxy.dialect.Field;
import com.visiquate.ccproxy.dialect.PromptSize;
import com.visiquate.ccproxy.dialect.Recall;
import com.visiquate.ccproxy.dialect.ThinkingWish;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads one body of a Messages request; owns the list of what it could not honour. */
final class RequestReader {
  private final Field body;
  private final Calibration calibration;
  private final MessageThread thread;
  private final Dropped dropped = new Dropped();

  RequestReader(Field body, Calibration calibration, Recall recall) {
    this.body = body;
    this.calibration = calibration;
    this.thread = MessageThread.of(body, recall);
  }

  Decoded.Understood read() {
    Purpose purpose = Purpose.of(body);
    ChatRequest request = purpose.asked(question(maxTokens()), body);
    PromptSize size = PromptSize.of(request);
    int tokens = size.tokens(calibration.ratios(request.model()));
    MessagesForm form =
        new MessagesForm(
            request.sampling().stop(),
            Thinking.isHidden(body),
            purpose,
            size,
            tokens,
            thread.held());
    dropped.addUnknown(body, List.of(KnownFields.ALL, ThinkingWish.NAMES));
    return new Decoded.Understood(
            request,
            body.at("stream").flag(false),
            form,
            ClientHint.read(body.at("metadata")),
            dropped.names())
        .alone(body.at("disable_fallbacks").flag(false));
  }

  /** The request itself; without a limit of its answer when nobody is to answer it. */
  ChatRequest question(@Nullable Integer maxTokens) {
    String model = model();
    Conversation conversation = new Conversation(dropped);
    List<Message> messages = messages(conversation);
    Field choice = body.at("tool_choice");
    ToolsReader tools = new ToolsReader(thread.tools(), conversation.changes(), choice, dropped);
    return new ChatRequest(
        model,
        messages,
        tools.tools(),
        tools.choice(),
        !choice.at("disable_parallel_tool_use").flag(false),
        sampling(maxTokens),
        format(),
        Thinking.read(body),
        null);
  }

  private String model() {
    Field model = body.at("model");
    if (model.text().isBlank()) {
      throw model.invalid("must name a model");
    }
    return model.text();
  }

  /** However many: the window of the model limits them later, and that is no error. */
  private Integer maxTokens() {
    Field field = body.at("max_tokens");
    Integer most = field.count();
    if (most == null) {
      throw Wording.missing(field);
    }
    if (most < 0) {
      throw field.invalid("must not be negative");
    }
    // Ollama means no limit by 0; who wants none at all gets none of the one.
    return Math.max(1, most);
  }

  private List<Message> messages(Conversation conversation) {
    List<Message> messages = new ArrayList<>();
    String system = SystemText.read(thread.system(), dropped);
    if (!system.isEmpty()) {
      messages.add(new Message.Instruction(system));
    }
    List<Message> said = conversation.read(thread.messages());
    if (said.isEmpty()) {
      throw body.at("messages").invalid("at least one message is required");
    }
    messages.addAll(said);
    return messages;
  }

  private Sampling sampling(@Nullable Integer maxTokens) {
    return new Sampling(
        maxTokens,
        body.at("temperature").decimal(),
        body.at("top_p").decimal(),
        body.at("top_k").count(),
        null,
        null,
        null,
        stops());
  }

  /** An empty text would stop every answer before it begins. */
  private List<String> stops() {
    return body.at("stop_sequences").items().stream()
        .map(Field::text)
        .filter(text -> !text.isEmpty())
        .distinct()
        .toList();
  }

  private OutputFormat format() {
    Field today = body.at("output_config").at("format");
    Field format = today.isAbsent() ? body.at("output_format") : today;
    Field nested = format.at("json_schema").at("schema");
    Field schema = nested.isAbsent() ? format.at("schema") : nested;
    return switch (format.at("type").text("text")) {
      case "text" -> OutputFormat.TEXT;
      case "json_schema" -> new OutputFormat.Schema(schema.object().raw());
      case "json_object" ->
          schema.isAbsent() ? OutputFormat.JSON : new OutputFormat.Schema(schema.object().raw());
      default -> {
        dropped.add(format.path());
        yield OutputFormat.TEXT;
      }
    };
  }
}
