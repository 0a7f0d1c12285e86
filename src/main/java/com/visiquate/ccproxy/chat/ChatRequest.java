package com.visiquate.ccproxy.chat;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One turn that a client asks for, in no family's wire format.
 *
 * @param model the name that the client used: an alias or a model
 * @param parallelCalls whether the model may call several tools in one turn
 * @param topLogprobs how many alternatives to report for each token (0 to 20); null for no log
 *     probabilities at all
 */
public record ChatRequest(
    String model,
    List<Message> messages,
    List<Tool> tools,
    ToolChoice toolChoice,
    boolean parallelCalls,
    Sampling sampling,
    OutputFormat format,
    Reasoning reasoning,
    @Nullable Integer topLogprobs)
    implements ModelRequest {
  public ChatRequest {
    messages = List.copyOf(messages);
    tools = tools.stream().filter(tool -> !tool.isPlaceholder()).toList();
  }

  /** A plain request: no tools, defaults everywhere. */
  public static ChatRequest of(String model, List<Message> messages) {
    return new ChatRequest(
        model,
        messages,
        List.of(),
        ToolChoice.AUTO,
        true,
        Sampling.DEFAULT,
        OutputFormat.TEXT,
        Reasoning.UNSET,
        null);
  }

  /** The same in another conversation. */
  public ChatRequest saying(List<Message> others) {
    return new ChatRequest(
        model, others, tools, toolChoice, parallelCalls, sampling, format, reasoning, topLogprobs);
  }

  @Override
  public @Nullable Integer mostTokens() {
    return sampling.maxTokens();
  }

  /** The tools that the model may see, after the client's choice. */
  public List<Tool> offeredTools() {
    return tools.isEmpty()
        ? tools
        : tools.stream().filter(tool -> toolChoice.allows(tool.name())).toList();
  }

  /** Whether the answer must be a call of one of the offered tools. */
  public boolean mustCall() {
    return toolChoice.mode() == ToolChoice.Mode.REQUIRED && !offeredTools().isEmpty();
  }

  /** Whether the answer is either in the form that the client wants, or a call. */
  public boolean mayCallOrAnswer() {
    return !(format instanceof OutputFormat.Text) && !mustCall() && !offeredTools().isEmpty();
  }
}
