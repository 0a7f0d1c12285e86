package com.visiquate.ccproxy.cache;

import static org.assertj.core.api.Assertions.assertThat;

import com.visiquate.ccproxy.bus.BusMessage.Submit;
import com.visiquate.ccproxy.bus.FallbackOptions;
import com.visiquate.ccproxy.cache.store.AnswerKey;
import com.visiquate.ccproxy.chat.ModelRequest;
import com.visiquate.ccproxy.fleet.BackendId;
import com.visiquate.ccproxy.fleet.BackendSpec;
import com.visiquate.ccproxy.fleet.BackendStatus;
import com.visiquate.ccproxy.fleet.Catalogue;
import com.visiquate.ccproxy.fleet.ClientId;
import com.visiquate.ccproxy.fleet.ExchangeId;
import com.visiquate.ccproxy.fleet.FleetPlan;
import com.visiquate.ccproxy.fleet.GhostRule;
import com.visiquate.ccproxy.fleet.Health;
import com.visiquate.ccproxy.fleet.InstalledModel;
import com.visiquate.ccproxy.fleet.Limits;
import com.visiquate.ccproxy.fleet.ModelName;
import com.visiquate.ccproxy.fleet.ModelSpec;
import com.visiquate.ccproxy.fleet.PriorityRules;
import com.visiquate.ccproxy.fleet.QueueBounds;
import com.visiquate.ccproxy.fleet.RoutingPolicy;
import com.visiquate.ccproxy.fleet.Waiting;
import java.net.URI;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Requests that Ollama would tell apart have different keys, and all others have the same. */
final class FingerprintsTest {
  private static final BackendId ONE = new BackendId("one");
  private static final BackendId OTHER = new BackendId("other");

  /** Every request of the fuzz, with one field changed each time. */
  private static final int REQUESTS = 100_000;

  private static FleetPlan plan(int context, Map<String, Object> options) {
    ModelSpec model =
        new ModelSpec(
            new ModelName("m"), "coder:7b", context, List.of(ONE, OTHER), false, "-1", options);
    return new FleetPlan(
        List.of(backend(ONE), backend(OTHER)),
        new Catalogue(List.of(model), List.of()),
        RoutingPolicy.DEFAULT,
        QueueBounds.DEFAULT,
        PriorityRules.DEFAULT,
        Limits.DEFAULT,
        Waiting.DEFAULT);
  }

  private static BackendSpec backend(BackendId id) {
    return new BackendSpec(id, URI.create("http://localhost:1"), 1, 1, "h", 1, GhostRule.AUTO);
  }

  private static BackendStatus status(BackendId id, String digest) {
    InstalledModel installed =
        new InstalledModel(
            "coder:7b", digest, Set.of("completion", "tools", "insert", "embedding"));
    return new BackendStatus(
        id, Health.UP, "0.33.0", 1, 0, 0, 0, List.of(), List.of(installed), "");
  }

  private static Fingerprints fingerprints(FleetPlan plan, String one, String other) {
    Fingerprints fingerprints = new Fingerprints(plan);
    fingerprints.follow(status(ONE, one));
    fingerprints.follow(status(OTHER, other));
    return fingerprints;
  }

  private static Submit submit(ModelRequest request) {
    return new Submit(
        new ExchangeId("x"),
        1,
        request,
        null,
        new ClientId("c"),
        Instant.MAX,
        FallbackOptions.NONE,
        true);
  }

  private static String key(Fingerprints fingerprints, ModelRequest request, String scope) {
    return fingerprints.of(submit(request), scope, "").map(AnswerKey::digest).orElseThrow();
  }

  @Test
  void tellsApartWhateverDiffersInOneField() {
    Fingerprints fingerprints = fingerprints(plan(4_096, Map.of()), "d1", "d1");
    Map<String, String> known = new HashMap<>();
    Random random = new Random(7);
    for (int i = 0; i < REQUESTS; i++) {
      Requests.Described one = Requests.random(random);
      String key = key(fingerprints, one.request(), "");
      String same = known.putIfAbsent(key, one.meaning());
      assertThat(same == null || same.equals(one.meaning()))
          .as("%s has the key of %s", one.meaning(), same)
          .isTrue();
      if (i % 10 == 0) {
        assertThat(key(fingerprints, one.reordered(), "")).isEqualTo(key);
      }
    }
    assertThat(known).hasSizeGreaterThan(REQUESTS / 4);
  }

  @Test
  void tellsApartKeysNamespacesWeightsAndOptions() {
    ModelRequest request = Requests.plain();
    Fingerprints usual = fingerprints(plan(4_096, Map.of()), "d1", "d1");
    List<String> keys =
        List.of(
            key(usual, request, ""),
            key(usual, request, "key a"),
            key(usual, request, "key b"),
            usual.of(submit(request), "", "key a").orElseThrow().digest(),
            usual.of(submit(request), "", "team").orElseThrow().digest(),
            key(fingerprints(plan(4_096, Map.of()), "d2", "d2"), request, ""),
            key(fingerprints(plan(8_192, Map.of()), "d1", "d1"), request, ""),
            key(fingerprints(plan(4_096, Map.of("top_k", 3)), "d1", "d1"), request, ""));
    assertThat(keys).doesNotHaveDuplicates();
  }

  @Test
  void isNotSureWhereBackendsDifferOrHaveNotSaid() {
    ModelRequest request = Requests.plain();
    FleetPlan plan = plan(4_096, Map.of());
    assertThat(fingerprints(plan, "d1", "d2").of(submit(request), "", "")).isEmpty();
    assertThat(fingerprints(plan, "", "").of(submit(request), "", "")).isEmpty();
    Fingerprints half = new Fingerprints(plan);
    half.follow(status(ONE, "d1"));
    assertThat(half.of(submit(request), "", "")).isEmpty();
    half.follow(status(OTHER, "d1"));
    assertThat(half.of(submit(request), "", "")).isPresent();
  }
}
