package com.visiquate.ccproxy.chat;

/** An image inside a message, as raw standard base64 without a {@code data:} prefix. */
public record Image(String base64) {}
