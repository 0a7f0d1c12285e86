package com.visiquate.ccproxy.http.view;

import static org.assertj.core.api.Assertions.assertThat;

import com.visiquate.ccproxy.dialect.ollama.ServedModel;
import com.visiquate.ccproxy.fleet.BackendId;
import com.visiquate.ccproxy.fleet.BackendStatus;
import com.visiquate.ccproxy.fleet.Health;
import com.visiquate.ccproxy.fleet.InstalledModel;
import com.visiquate.ccproxy.fleet.LoadedModel;
import com.visiquate.ccproxy.http.Plans;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class OneOllamaTest {
  private static final LoadedModel FAST =
      new LoadedModel("fast-q4:latest", 9, 9, 4096, "2026-11-21T09:21:03Z");
  private final FleetView fleet = new FleetView(Plans.plan());
  private final OneOllama ollama = new OneOllama(fleet);

  @Test
  void isAsOldAsItsOldestBackend() {
    assertThat(ollama.version()).isEqualTo("0.24.0");
    fleet.changed(status(Plans.ONE, "0.33.1-rc2", Health.UP));
    assertThat(ollama.version()).isEqualTo("0.33.1-rc2");
    fleet.changed(status(Plans.TWO, "0.9.6", Health.DOWN));
    assertThat(ollama.version()).isEqualTo("0.9.6");
  }

  @Test
  void runsWhileAnyBackendDoes() {
    assertThat(ollama.isRunning()).isFalse();
    fleet.changed(status(Plans.ONE, "", Health.DOWN));
    assertThat(ollama.isRunning()).isFalse();
    fleet.changed(status(Plans.TWO, "0.24.0", Health.SUSPECT));
    assertThat(ollama.isRunning()).isTrue();
  }

  @Test
  void hasEveryNameThatCanBeUsedLiterally() {
    assertThat(ollama.models())
        .extracting(ServedModel::name)
        .containsExactly("gpt-4", "fast", "hf.co/user/repo:tag");
    assertThat(ollama.find("claude-3-5-haiku")).isPresent();
    assertThat(ollama.find("fast:latest")).isPresent();
    assertThat(ollama.find("fast:7b")).isEmpty();
    assertThat(ollama.find(":latest")).isEmpty();
  }

  @Test
  void knowsWhatIsInMemoryUnderTheNamesOfItsModels() {
    LoadedModel stranger = LoadedModel.named("somebody-elses");
    fleet.changed(status(Plans.ONE, "0.24.0", Health.UP, FAST, stranger));

    assertThat(ollama.isLoaded("gpt-4")).isTrue();
    assertThat(ollama.isLoaded("hf.co/user/repo:tag")).isFalse();
    assertThat(ollama.running())
        .singleElement()
        .satisfies(one -> assertThat(one.model().name()).isEqualTo("fast"))
        .satisfies(one -> assertThat(one.loaded()).isEqualTo(FAST));
    assertThat(ollama.find("gpt-4"))
        .hasValueSatisfying(model -> assertThat(model.installed().digest()).isEqualTo("d1"));
  }

  private static BackendStatus status(
      BackendId id, String version, Health health, LoadedModel... loaded) {
    InstalledModel installed = new InstalledModel("fast-q4:latest", "d1", Set.of());
    return new BackendStatus(
        id, health, version, 1, 0, 0, 0, List.of(loaded), List.of(installed), "");
  }
}
