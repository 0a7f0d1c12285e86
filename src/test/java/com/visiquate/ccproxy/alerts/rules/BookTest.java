package com.visiquate.ccproxy.alerts.rules;

import static org.assertj.core.api.Assertions.assertThat;

import com.visiquate.ccproxy.bus.AlertMessage.Alert;
import com.visiquate.ccproxy.bus.AlertMessage.Severity;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Whatever rules find: no event begins or ends twice, and all are over in the end. */
final class BookTest {
  private static final Duration CALM = Duration.ofSeconds(30);
  private static final int WORLDS = 200;
  private static final int LOOKS = 300;
  private final long seed = Long.getLong("ccproxy.alerts.seed", System.nanoTime());

  @Test
  void everyEventIsToldOnceAndEnds() {
    Random random = new Random(seed);
    for (int world = 0; world < WORLDS; world++) {
      assertTruthful(random);
    }
  }

  private void assertTruthful(Random random) {
    Book book = new Book(CALM);
    Instant now = Instant.EPOCH;
    List<Alert> told = new ArrayList<>();
    for (int i = 0; i < LOOKS; i++) {
      now = now.plusSeconds(random.nextInt(20));
      told.addAll(book.look(findings(random), now));
      assertOneForEach(book.firing());
    }
    for (int i = 0; i < 2; i++) {
      now = now.plus(CALM);
      told.addAll(book.look(Map.of(), now));
    }
    assertThat(book.firing()).as("seed %d", seed).isEmpty();
    assertThat(book.resolved()).hasSizeLessThanOrEqualTo(Book.MOST_RESOLVED);
    assertOnce(told);
  }

  private void assertOnce(List<Alert> told) {
    Set<String> begun = new HashSet<>();
    Set<String> over = new HashSet<>();
    for (Alert alert : told) {
      if (alert.isFiring()) {
        assertThat(begun.add(alert.id())).as("begins once, seed %d", seed).isTrue();
      } else {
        assertThat(begun).as("begins first, seed %d", seed).contains(alert.id());
        assertThat(over.add(alert.id())).as("ends once, seed %d", seed).isTrue();
      }
    }
    // Only what has become worse ends without a word.
    assertThat(
            told.stream()
                .filter(alert -> alert.severity() == Severity.CRITICAL)
                .map(Alert::id)
                .collect(Collectors.toSet()))
        .as("seed %d", seed)
        .allMatch(over::contains);
  }

  private void assertOneForEach(List<Alert> firing) {
    Map<String, Alert> seen = new HashMap<>();
    for (Alert alert : firing) {
      String key = alert.rule() + " " + alert.subject() + " " + alert.severity();
      assertThat(seen.put(key, alert)).as("seed %d", seed).isNull();
    }
  }

  private static Map<String, List<Finding>> findings(Random random) {
    Map<String, List<Finding>> findings = new HashMap<>();
    for (String rule : List.of("a", "b")) {
      List<Finding> found = new ArrayList<>();
      for (String subject : List.of("", "s")) {
        if (random.nextInt(3) > 0) {
          Finding finding =
              random.nextBoolean()
                  ? Finding.critical(subject, "text")
                  : Finding.warning(subject, "text");
          found.add(
              rule.equals("a")
                  ? finding
                  : new Finding(
                      subject,
                      finding.severity(),
                      "text",
                      Duration.ofSeconds(random.nextInt(40)),
                      null,
                      false));
        }
      }
      findings.put(rule, found);
    }
    return findings;
  }
}
