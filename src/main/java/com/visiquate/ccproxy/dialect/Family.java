package com.visiquate.ccproxy.dialect;

/** Whose clients a wire format belongs to. */
public enum Family {
  OPENAI_CHAT,
  OPENAI_RESPONSES,
  ANTHROPIC,
  OLLAMA
}
