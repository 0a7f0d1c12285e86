package com.visiquate.ccproxy.load.swarm;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Turns what agents saw and what simulators saw of one run into figures. */
final class Reckoning {
  private final List<Assignment> assignments;
  private final List<Answered> answered;
  private final List<Held> held;

  Reckoning(List<Assignment> assignments, List<Answered> answered, List<Held> held) {
    this.assignments = assignments;
    this.answered = answered;
    this.held = held;
  }

  double makespan() {
    return answered.stream().mapToDouble(Answered::ended).max().orElse(0);
  }

  double tokensPerSecond() {
    return held.stream().mapToLong(Held::answerTokens).sum() / makespan();
  }

  double hits() {
    double cached = held.stream().mapToLong(Held::cachedTokens).sum();
    return cached / held.stream().mapToLong(Held::promptTokens).sum();
  }

  double agentMean() {
    return Statistics.mean(assignments.stream().map(this::lifetime).toList());
  }

  double fairness() {
    return Statistics.fairness(
        assignments.stream()
            .filter(assignment -> lifetime(assignment) > 0)
            .map(assignment -> assignment.alone() / lifetime(assignment))
            .toList());
  }

  private double lifetime(Assignment assignment) {
    return answered.stream()
        .filter(turn -> turn.agent().equals(assignment.agent()))
        .mapToDouble(turn -> turn.ended() - assignment.start())
        .max()
        .orElse(0);
  }

  Map<String, Figures.Waits> waits() {
    Map<String, List<Answered>> groups = new TreeMap<>(Map.of(Figures.ALL, answered));
    Map<String, String> kinds =
        assignments.stream()
            .collect(Collectors.toMap(Assignment::agent, one -> one.kind().label()));
    answered.forEach(
        turn ->
            groups.computeIfAbsent(kinds.get(turn.agent()), first -> new ArrayList<>()).add(turn));
    Map<Answered, Double> untilSeated = untilSeated();
    Map<String, Figures.Waits> waits = new TreeMap<>();
    groups.forEach((kind, turns) -> waits.put(kind, waits(turns, untilSeated)));
    return waits;
  }

  private static Figures.Waits waits(List<Answered> turns, Map<Answered, Double> untilSeated) {
    List<Double> firstTokens =
        turns.stream().map(turn -> turn.firstToken() - turn.asked()).toList();
    return new Figures.Waits(
        turns.size(),
        Statistics.percentile(firstTokens, 0.5),
        Statistics.percentile(firstTokens, 0.95),
        Statistics.percentile(firstTokens, 0.99),
        turns.stream().mapToDouble(turn -> untilSeated.getOrDefault(turn, 0.0)).max().orElse(0));
  }

  /** An agent asks one turn after the other, so that both sides have them in the same order. */
  private Map<Answered, Double> untilSeated() {
    Map<String, List<Held>> slots =
        held.stream()
            .sorted(Comparator.comparingDouble(one -> one.span().ended()))
            .collect(Collectors.groupingBy(Held::agent));
    Map<Answered, Double> waits = new HashMap<>();
    for (Answered turn : answered) {
      List<Held> own = slots.getOrDefault(turn.agent(), List.of());
      if (turn.turn() < own.size()) {
        waits.put(turn, own.get(turn.turn()).span().seated() - turn.asked());
      }
    }
    return waits;
  }
}
