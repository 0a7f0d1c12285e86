package com.visiquate.ccproxy.console.feed;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.visiquate.ccproxy.fleet.BackendStatus;
import com.visiquate.ccproxy.fleet.Label;
import com.visiquate.ccproxy.fleet.LoadedModel;
import com.visiquate.ccproxy.fleet.ModelSpec;
import com.visiquate.ccproxy.fleet.QueueReport;
import com.visiquate.ccproxy.fleet.QueueReport.Held;
import com.visiquate.ccproxy.fleet.QueueReport.Taken;
import com.visiquate.ccproxy.fleet.Withheld;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One backend in the document: how it is, what it has in memory, and a lane for each slot. */
final class BackendPart {
  private final Picture picture;
  private final QueueReport.Backend backend;
  private final @Nullable BackendStatus status;

  BackendPart(Picture picture, QueueReport.Backend backend) {
    this.picture = picture;
    this.backend = backend;
    this.status = picture.status(backend.id());
  }

  void write(ObjectNode to, JsonNode told) {
    to.put("host", backend.host());
    to.put("state", Label.of(backend.health()));
    if (status != null) {
      standing(status, to);
      loaded(status, to.putObject("models_loaded"));
    }
    slots(to.putObject("slots"), told.path("slots"));
  }

  private static void standing(BackendStatus status, ObjectNode to) {
    if (!status.reason().isEmpty()) {
      to.put("reason", status.reason());
    }
    Withheld withheld = status.withheld();
    if (withheld == null) {
      return;
    }
    Instant until = withheld.until();
    if (until == null) {
      to.put("drained", withheld.by());
    } else {
      to.put("held_until", until.toEpochMilli());
      to.put("held_by", withheld.by());
    }
  }

  private void loaded(BackendStatus status, ObjectNode to) {
    for (LoadedModel model : status.loaded()) {
      ObjectNode one = to.putObject(name(model));
      one.put("size", model.size());
      one.put("vram", model.graphicsMemory());
      until(model).ifPresent(moment -> one.put("until", moment));
    }
  }

  /** As it is configured, when it is. */
  private String name(LoadedModel loaded) {
    return picture.plan().modelsOn(backend.id()).stream()
        .filter(model -> model.isCalled(loaded.ollama()))
        .map(model -> model.name().value())
        .findFirst()
        .orElse(loaded.ollama());
  }

  /** In whole seconds: Ollama counts anew with every request. */
  private static Optional<Long> until(LoadedModel model) {
    try {
      OffsetDateTime moment = OffsetDateTime.parse(model.expiresAt());
      // One that stays for ever expires in hundreds of years.
      boolean ever = moment.getYear() > 2100;
      return ever ? Optional.empty() : Optional.of(1_000 * moment.toEpochSecond());
    } catch (DateTimeParseException notTold) {
      return Optional.empty();
    }
  }

  private void slots(ObjectNode to, JsonNode told) {
    SlotLanes lanes = new SlotLanes(told);
    for (Taken taken : inOrder()) {
      String lane = Integer.toString(lanes.of(taken));
      new SlotPart(picture, taken, isLoaded(taken)).write(to.putObject(lane), told.path(lane));
    }
    for (Held held : backend.held()) {
      ObjectNode slot = to.putObject(Integer.toString(lanes.of(held)));
      slot.put("phase", "held");
      slot.put("model", held.model().value());
      slot.put("client", held.client().value());
      slot.put("until", held.until().toEpochMilli());
    }
    for (int i = 0; i < backend.slots(); i++) {
      if (!lanes.isUsed(i)) {
        to.putObject(Integer.toString(i)).put("phase", "free");
      }
    }
  }

  /** Those of known lanes first: nobody else may take these. */
  private List<Taken> inOrder() {
    List<Taken> taken = new ArrayList<>(backend.taken());
    taken.sort(Comparator.comparing((Taken one) -> one.since()).reversed());
    return taken;
  }

  private boolean isLoaded(Taken taken) {
    if (status == null) {
      return true;
    }
    Optional<ModelSpec> model = picture.plan().catalogue().model(taken.request().model());
    return model.isEmpty() || model.get().isAmong(status.loadedNames());
  }
}
