package com.visiquate.ccproxy.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import com.visiquate.ccproxy.dialect.anthropic.Messages;
import com.visiquate.ccproxy.dialect.ollama.NativeEndpoints;
import com.visiquate.ccproxy.dialect.openai.OpenAiChat;
import com.visiquate.ccproxy.dialect.responses.Responses;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Every golden folder, from the client's bytes to Ollama's and back.
 *
 * <p>{@code -Dgolden.write=true} writes what the code does instead of comparing; read the
 * difference before you commit it.
 */
final class GoldenTest {
  private static final Path ROOT = Path.of("src/test/resources/golden");
  private static final Map<String, Dialect> FAMILIES =
      Map.of(
          "anthropic", new Messages(),
          "ollama", NativeEndpoints.CHAT,
          "ollama-embed", NativeEndpoints.EMBED,
          "ollama-embeddings", NativeEndpoints.EMBEDDINGS,
          "ollama-generate", NativeEndpoints.GENERATE,
          "openai", new OpenAiChat(),
          "responses", new Responses());

  @TestFactory
  Stream<DynamicContainer> everyFolder() {
    return FAMILIES.entrySet().stream()
        .flatMap(family -> folders(ROOT.resolve(family.getKey())).map(f -> at(f, family)));
  }

  @Test
  void everyFamilyIsTested() {
    assertThat(folders(ROOT).map(path -> path.getFileName().toString()))
        .containsExactlyInAnyOrderElementsOf(FAMILIES.keySet());
  }

  private static DynamicContainer at(Path folder, Map.Entry<String, Dialect> family) {
    GoldenCase golden = new GoldenCase(folder, family.getValue());
    return DynamicContainer.dynamicContainer(
        family.getKey() + "/" + folder.getFileName(),
        List.of(
            DynamicTest.dynamicTest("asks Ollama", golden::asks),
            DynamicTest.dynamicTest("answers", golden::answers),
            DynamicTest.dynamicTest("has just the files it needs", golden::hasItsFiles)));
  }

  private static Stream<Path> folders(Path parent) {
    try (Stream<Path> children = Files.list(parent)) {
      return children.sorted().toList().stream();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
