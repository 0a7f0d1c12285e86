package com.visiquate.ccproxy.fleet;

/**
 * A model in an Ollama's memory.
 *
 * @param ollama the name under which it was first loaded there
 * @param size bytes; 0 when not told, like the other numbers
 * @param graphicsMemory bytes of them that are on a GPU
 * @param context the window in tokens that it was loaded with
 * @param expiresAt when Ollama will unload it, in Ollama's own words; empty when not told
 */
public record LoadedModel(
    String ollama, long size, long graphicsMemory, int context, String expiresAt) {
  /** One of which only the name is known. */
  public static LoadedModel named(String ollama) {
    return new LoadedModel(ollama, 0, 0, 0, "");
  }
}
