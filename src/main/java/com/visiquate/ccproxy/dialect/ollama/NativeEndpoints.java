package com.visiquate.ccproxy.dialect.ollama;

/** Ollama's endpoints that a model works for. */
public final class NativeEndpoints {
  /** {@code POST /api/chat}. */
  public static final NativeDialect CHAT = new TextDialect(ChatReader::read, Shape.CHAT);

  /** {@code POST /api/generate}. */
  public static final NativeDialect GENERATE =
      new TextDialect(GenerateReader::read, Shape.GENERATE);

  /** {@code POST /api/embed}. */
  public static final NativeDialect EMBED = new EmbedDialect(EmbedReader::texts, EmbedForm.LIST);

  /** {@code POST /api/embeddings}, the older one. */
  public static final NativeDialect EMBEDDINGS =
      new EmbedDialect(EmbedReader::prompt, EmbedForm.ONE);

  private NativeEndpoints() {}
}
