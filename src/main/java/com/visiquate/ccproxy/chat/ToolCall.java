package com.visiquate.ccproxy.chat;

/**
 * One call of a tool by the model.
 *
 * @param id unique over the conversation
 * @param arguments a JSON object
 */
public record ToolCall(String id, String name, RawJson arguments) {}
