package com.visiquate.ccproxy.routing;

import java.util.List;
import java.util.Locale;

/**
 * What came of one experiment; times are seconds.
 *
 * @param firstError how far the expected cached part was off at first, as a share of the prompts
 * @param lastError the same in the second half
 * @param corrections how often something else was believed of an Ollama
 */
record SwarmResult(
    double makespan,
    double bound,
    double firstToken50,
    double firstToken95,
    double longestWait,
    double agent,
    double hits,
    double firstError,
    double lastError,
    int corrections) {

  double ratio() {
    return makespan / bound;
  }

  static SwarmResult mean(List<SwarmResult> results) {
    return new SwarmResult(
        results.stream().mapToDouble(SwarmResult::makespan).average().orElseThrow(),
        results.stream().mapToDouble(SwarmResult::bound).average().orElseThrow(),
        results.stream().mapToDouble(SwarmResult::firstToken50).average().orElseThrow(),
        results.stream().mapToDouble(SwarmResult::firstToken95).average().orElseThrow(),
        results.stream().mapToDouble(SwarmResult::longestWait).max().orElseThrow(),
        results.stream().mapToDouble(SwarmResult::agent).average().orElseThrow(),
        results.stream().mapToDouble(SwarmResult::hits).average().orElseThrow(),
        results.stream().mapToDouble(SwarmResult::firstError).average().orElseThrow(),
        results.stream().mapToDouble(SwarmResult::lastError).average().orElseThrow(),
        results.stream().mapToInt(SwarmResult::corrections).max().orElseThrow());
  }

  /** As a row of docs/scheduling.md. */
  String row(String first) {
    return String.format(
        Locale.ROOT,
        "| %s | %,.0f s | %.2f | %,.0f / %,.0f / %,.0f s | %,.0f s | %.0f %% |",
        first,
        makespan,
        ratio(),
        firstToken50,
        firstToken95,
        longestWait,
        agent,
        100 * hits);
  }
}
