package com.visiquate.ccproxy.fleet;

import java.util.List;

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
    String reason) {
  public BackendStatus {
    loaded = List.copyOf(loaded);
    installed = List.copyOf(installed);
  }

  /** Ollama's names of the models in memory. */
  public List<String> loadedNames() {
    return loaded.stream().map(LoadedModel::ollama).toList();
  }
}
