package com.visiquate.ccproxy.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Which conversation gets which of the models that share an alias. */
final class SharesTest {
  private static final int CONVERSATIONS = 10_000;

  /** Two of a hundred conversations. */
  private static final double TOLERANCE = 0.02;

  @Test
  void tenThousandConversationsMeetTheShares() {
    assertShares(Map.of("a", 90, "b", 10));
    assertShares(Map.of("a", 50, "b", 50));
    assertShares(Map.of("a", 1, "b", 2, "c", 7));
    assertShares(Map.of("a", 0, "b", 3));
  }

  @Test
  void aConversationKeepsItsModelHoweverOftenTheFileIsRead() {
    for (int i = 0; i < 100; i++) {
      assertThat(drawn(catalogue("a", 90, "b", 10), i))
          .isEqualTo(drawn(catalogue("b", 10, "a", 90), i));
      assertThat(drawn(catalogue("a", 9, "b", 1), i))
          .isEqualTo(drawn(catalogue("a", 90, "b", 10), i));
    }
  }

  @Test
  void isTheSameAfterEveryStart() {
    Catalogue catalogue = catalogue("a", 50, "b", 50);

    assertThat(
            IntStream.range(0, 16).mapToObj(i -> drawn(catalogue, i)).collect(Collectors.joining()))
        .isEqualTo(DRAWN);
  }

  @Test
  void anotherShareMovesNoMoreConversationsThanItMust() {
    Catalogue before = catalogue("a", 90, "b", 10);
    Catalogue after = catalogue("a", 80, "b", 20);
    long moved = moved(before, after);

    assertThat((double) moved / CONVERSATIONS).isCloseTo(0.1, within(TOLERANCE));
    IntStream.range(0, CONVERSATIONS)
        .filter(i -> !drawn(before, i).equals(drawn(after, i)))
        .forEach(i -> assertThat(drawn(after, i)).isEqualTo("b"));
  }

  @Test
  void oneMoreModelTakesOnlyWhatItGets() {
    Catalogue before = catalogue("a", 50, "b", 50);
    Catalogue after = catalogue("a", 50, "b", 50, "c", 25);

    assertThat((double) moved(before, after) / CONVERSATIONS).isCloseTo(0.2, within(TOLERANCE));
    IntStream.range(0, CONVERSATIONS)
        .filter(i -> !drawn(before, i).equals(drawn(after, i)))
        .forEach(i -> assertThat(drawn(after, i)).isEqualTo("c"));
  }

  @Test
  void whatAClientMayNotUseIsSharedByTheOthers() {
    Catalogue catalogue = catalogue("a", 50, "b", 30, "c", 20);
    for (int i = 0; i < 1_000; i++) {
      String drawn = drawn(catalogue, i);
      String allowed = choose(catalogue, "x", "conversation " + i, "b", "c").orElseThrow();
      assertThat(allowed).isIn("b", "c");
      if (!drawn.equals("a")) {
        assertThat(allowed).isEqualTo(drawn);
      }
    }
    assertThat(choose(catalogue, "x", "conversation")).isEmpty();
  }

  @Test
  void whatMustNotDifferHasTheLargestShare() {
    Catalogue catalogue = catalogue("a", 10, "b", 60, "c", 30);

    assertThat(choose(catalogue, "x", null, "a", "b", "c")).contains("b");
    assertThat(catalogue.find("x").orElseThrow().model().name()).isEqualTo(new ModelName("b"));
    assertThat(choose(catalogue, "x", null, "a", "c")).contains("c");
  }

  @Test
  void holdsForANameWithATagAndNotForAModelOfItsOwn() {
    Catalogue catalogue = catalogue("a", 50, "b", 50);

    assertThat(choose(catalogue, "x:latest", "c", "a", "b"))
        .isPresent()
        .isEqualTo(choose(catalogue, "x", "c", "a", "b"));
    assertThat(choose(catalogue, "a", "c", "a", "b")).isEmpty();
    assertThat(choose(catalogue, "none", "c", "a", "b")).isEmpty();
    assertThat(catalogue.models("x")).hasSize(2);
    assertThat(catalogue.models("a")).hasSize(1);
    assertThat(catalogue.models("none")).isEmpty();
  }

  @Test
  void isNothingWithoutAWeight() {
    assertThatThrownBy(() -> catalogue("a", 0)).isInstanceOf(IllegalArgumentException.class);
  }

  private static void assertShares(Map<String, Integer> weights) {
    Object[] pairs =
        weights.entrySet().stream()
            .flatMap(e -> Arrays.stream(new Object[] {e.getKey(), e.getValue()}))
            .toArray();
    Catalogue catalogue = catalogue(pairs);
    Map<String, Long> counts =
        IntStream.range(0, CONVERSATIONS)
            .mapToObj(i -> drawn(catalogue, i))
            .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
    double all = weights.values().stream().mapToInt(weight -> weight).sum();
    weights.forEach(
        (model, weight) ->
            assertThat((double) counts.getOrDefault(model, 0L) / CONVERSATIONS)
                .as(model + " of " + weights)
                .isCloseTo(weight / all, within(TOLERANCE)));
  }

  private static long moved(Catalogue before, Catalogue after) {
    return IntStream.range(0, CONVERSATIONS)
        .filter(i -> !drawn(before, i).equals(drawn(after, i)))
        .count();
  }

  private static String drawn(Catalogue catalogue, int number) {
    return catalogue
        .choose("x", "conversation " + number, any -> true)
        .map(ModelName::value)
        .orElseGet(() -> catalogue.find("x").orElseThrow().model().name().value());
  }

  private static Optional<String> choose(
      Catalogue catalogue, String name, @Nullable String conversation, String... allowed) {
    return catalogue
        .choose(name, conversation, model -> List.of(allowed).contains(model.value()))
        .map(ModelName::value);
  }

  /** Models with their weights, in pairs. */
  private static Catalogue catalogue(Object... weights) {
    List<Share> shares =
        IntStream.range(0, weights.length / 2)
            .mapToObj(
                i ->
                    new Share(new ModelName((String) weights[2 * i]), (Integer) weights[2 * i + 1]))
            .toList();
    List<ModelSpec> models =
        shares.stream()
            .map(
                share ->
                    new ModelSpec(
                        share.model(),
                        share.model().value(),
                        4096,
                        List.of(new BackendId("b")),
                        false,
                        "-1",
                        Map.of()))
            .toList();
    return new Catalogue(models, List.of(new Alias("x", shares, null)));
  }

  /** Written down once: a release that draws otherwise moves everybody's conversations. */
  private static final String DRAWN = "aaaabbabababbabb";
}
