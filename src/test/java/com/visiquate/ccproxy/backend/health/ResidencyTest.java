package com.visiquate.ccproxy.backend.health;

import static org.assertj.core.api.Assertions.assertThat;

import com.visiquate.ccproxy.backend.House;
import com.visiquate.ccproxy.fleet.ModelName;
import com.visiquate.ccproxy.fleet.ModelSpec;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ResidencyTest {
  private static final Instant START = Instant.parse("2026-11-29T12:00:00Z");
  private static final ModelSpec MODEL = model("10s");
  private final Residency residency = new Residency();

  @Test
  void endsWhenTheKeepAliveHasRunOut() {
    residency.began(MODEL, START);
    residency.read(at(1));
    residency.ended(MODEL, at(5));
    assertThat(isGone(14)).isFalse();
    assertThat(isGone(15)).isTrue();
  }

  @Test
  void aRequestThatLoadsItAnewDoesNotMakeItResident() {
    residency.began(MODEL, START);
    residency.ended(MODEL, at(5));
    residency.read(at(14));
    residency.began(MODEL, at(16));
    assertThat(isGone(17)).isTrue();
    residency.spoke(MODEL);
    assertThat(isGone(18)).isFalse();
  }

  @Test
  void aRequestInTimeKeepsIt() {
    residency.began(MODEL, START);
    residency.ended(MODEL, at(5));
    residency.began(MODEL, at(14));
    assertThat(isGone(60)).isFalse();
    residency.ended(MODEL, at(60));
    assertThat(isGone(69)).isFalse();
    assertThat(isGone(70)).isTrue();
  }

  @Test
  void theLastOfSeveralCounts() {
    residency.began(MODEL, START);
    residency.began(MODEL, START);
    residency.ended(MODEL, at(5));
    assertThat(isGone(60)).isFalse();
    residency.ended(MODEL, at(60));
    assertThat(isGone(70)).isTrue();
  }

  @Test
  void whatOllamaSaysAfterwardsCounts() {
    residency.loaded(MODEL, START);
    assertThat(isGone(10)).isTrue();
    residency.read(at(10));
    assertThat(isGone(11)).isTrue();
    residency.read(at(12));
    assertThat(isGone(13)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "", "-1m"})
  void aModelThatStaysOrOfWhichNobodyKnowsIsThereUntilOllamaSaysOtherwise(String keepAlive) {
    ModelSpec model = model(keepAlive);
    residency.began(model, START);
    residency.ended(model, at(5));
    assertThat(isGone(1_000_000)).isFalse();
  }

  private boolean isGone(int second) {
    return residency.isGone(MODEL.name(), at(second));
  }

  private static Instant at(int second) {
    return START.plusSeconds(second);
  }

  private static ModelSpec model(String keepAlive) {
    return new ModelSpec(
        new ModelName("m"), "m", 4096, List.of(House.ID), false, keepAlive, Map.of());
  }
}
