package com.visiquate.ccproxy.fleet;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A backend's own view of itself, published when it changes; a snapshot for everybody else.
 *
 * @param version what {@code /api/version} said; empty until then
 * @param slots requests of one model that it may run at once
 * @param running requests that run now
 * @param ghosts slots that are taken by a prompt whose client has left
 * @param waiting requests that are expected to run here next
 * @param loaded the models in memory
 * @param reason why it is not up; empty when it is
 * @param withheld why it gets no new work although it may be well; null when it gets some
 */
public record BackendStatus(
    BackendId id,
    Health health,
    String version,
    int slots,
    int running,
    int ghosts,
    int waiting,
    List<LoadedModel> loaded,
    List<InstalledModel> installed,
    String reason,
    @Nullable Withheld withheld) {
  public BackendStatus {
    loaded = List.copyOf(loaded);
    installed = List.copyOf(installed);
  }

  /** One that no operator withholds. */
  public BackendStatus(
      BackendId id,
      Health health,
      String version,
      int slots,
      int running,
      int ghosts,
      int waiting,
      List<LoadedModel> loaded,
      List<InstalledModel> installed,
      String reason) {
    this(id, health, version, slots, running, ghosts, waiting, loaded, installed, reason, null);
  }

  /** Ollama's names of the models in memory. */
  public List<String> loadedNames() {
    return loaded.stream().map(LoadedModel::ollama).toList();
  }
}
