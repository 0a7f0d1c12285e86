package com.visiquate.ccproxy.chat;

/**
 * A tool that the model may call.
 *
 * @param description empty when the client gave none
 * @param parameters a JSON Schema object
 */
public record Tool(String name, String description, RawJson parameters) {}
