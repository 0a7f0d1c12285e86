package com.visiquate.ccproxy.dialect;

/** Whose clients a wire format belongs to. */
public enum Family {
  OPENAI_CHAT("response_format.json_schema.schema"),
  OPENAI_RESPONSES("text.format.schema"),
  ANTHROPIC("output_config.format.schema"),
  OLLAMA("format");

  private final String answerSchema;

  Family(String answerSchema) {
    this.answerSchema = answerSchema;
  }

  /** Where its clients put the schema of an answer. */
  public String answerSchema() {
    return answerSchema;
  }
}
