package com.visiquate.ccproxy.ollama;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.visiquate.ccproxy.fleet.InstalledModel;
import com.visiquate.ccproxy.fleet.LoadedModel;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class FactsTest {
  @Test
  void readsTheVersion() {
    assertThat(Facts.version(bytes("{\"version\":\"0.24.0\"}"))).isEqualTo("0.24.0");
  }

  @Test
  void readsInstalledModelsOfBothGenerations() {
    String old = "{\"name\":\"a:latest\",\"model\":\"a:latest\",\"digest\":\"d1\"}";
    String young = "{\"name\":\"b\",\"digest\":\"d2\",\"capabilities\":[\"tools\",\"vision\"]}";

    assertThat(Facts.installed(bytes("{\"models\":[" + old + "," + young + "]}")))
        .containsExactly(
            new InstalledModel("a:latest", "d1", Set.of()),
            new InstalledModel("b", "d2", Set.of("tools", "vision")));
    assertThat(Facts.installed(bytes("{\"models\":null}"))).isEmpty();
  }

  @Test
  void knowsWhatRunsOneRequestAtATime() {
    String models =
        """
        {"models":[{"name":"a","details":{"family":"mllama","format":"gguf"}},\
        {"name":"b","details":{"family":"llama","families":["llama","qwen3vl"]}},\
        {"name":"c","details":{"family":"qwen3","format":"safetensors"}},\
        {"name":"d","details":{"family":"bert"},"capabilities":["embedding"]},\
        {"name":"e","details":{"family":"qwen3"},"capabilities":["completion","embedding"]},\
        {"name":"f"}]}
        """;

    assertThat(Facts.installed(bytes(models)))
        .filteredOn(InstalledModel::serial)
        .extracting(InstalledModel::ollama)
        .containsExactly("a", "b", "c", "d");
  }

  @Test
  void learnsThatAModelOnlyEmbeds() {
    InstalledModel model = Facts.able(new InstalledModel("a", "d1", Set.of()), Set.of("embedding"));

    assertThat(model).isEqualTo(new InstalledModel("a", "d1", Set.of("embedding"), true));
    assertThat(model.onlyEmbeds()).isTrue();
    assertThat(Facts.able(model, Set.of("completion")).serial()).isTrue();
  }

  @Test
  void readsWhatIsLoaded() {
    assertThat(Facts.loaded(bytes("{\"models\":[{\"name\":\"a\"},{\"model\":\"b\"}]}")))
        .containsExactly(LoadedModel.named("a"), LoadedModel.named("b"));
    String told =
        "{\"name\":\"c\",\"size\":9,\"size_vram\":7,\"context_length\":128,\"expires_at\":\"soon\"}";
    assertThat(Facts.loaded(bytes("{\"models\":[" + told + "]}")))
        .containsExactly(new LoadedModel("c", 9, 7, 128, "soon"));
  }

  @Test
  void readsWhatOneModelIs() {
    String shown =
        """
        {"template":"{{ .Prompt }}","capabilities":["completion","tools"],"model_info":{
         "general.architecture":"qwen2","qwen2.context_length":32768,"a":1.50,"b":true,"c":null,
         "tokenizer.ggml.tokens":["x"]}}
        """;
    InstalledModel model = Facts.described(new InstalledModel("a", "d", Set.of()), bytes(shown));

    assertThat(model.capabilities()).containsExactlyInAnyOrder("completion", "tools");
    assertThat(model.card().template()).isEqualTo("{{ .Prompt }}");
    assertThat(model.card().info())
        .hasToString("{general.architecture=qwen2, qwen2.context_length=32768, a=1.50, b=true}");
  }

  @Test
  void whatIsNoAnswerIsRefused() {
    for (String body : new String[] {"", "[]", "404 page not found", "{"}) {
      assertThatIllegalArgumentException().isThrownBy(() -> Facts.version(bytes(body)));
      assertThatIllegalArgumentException().isThrownBy(() -> Facts.installed(bytes(body)));
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }
}
