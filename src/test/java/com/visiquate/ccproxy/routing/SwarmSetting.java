package com.visiquate.ccproxy.routing;

import com.visiquate.ccproxy.fleet.Strategy;
import com.visiquate.ccproxy.routing.estimate.Rate;
import com.visiquate.ccproxy.routing.estimate.Tuning;
import java.time.Duration;

/**
 * One experiment in virtual time.
 *
 * @param ollama what the Ollamas say that they are, and what they do
 * @param machines computers; the Ollamas are spread over them
 * @param ollamas how many there are in all
 * @param slots of each
 * @param promptRate tokens a second of one machine
 * @param agents that work at the same time
 * @param interactive share of agents whose requests are of the higher class
 * @param returning whether the next turn continues the conversation, or begins another one
 * @param models that the agents use in equal shares
 */
record SwarmSetting(
    SwarmOllama ollama,
    int machines,
    int ollamas,
    int slots,
    double promptRate,
    int agents,
    double interactive,
    boolean returning,
    int models,
    Strategy strategy,
    double patience,
    Duration residency,
    Tuning tuning) {
  static final SwarmSetting OLDER =
      new SwarmSetting(
          SwarmOllama.OLDER,
          2,
          2,
          1,
          125,
          118,
          0,
          true,
          1,
          Strategy.LEAST_BUSY,
          0.01,
          Duration.ofSeconds(60),
          Tuning.DEFAULT);

  /** Slots and a store in main memory. */
  SwarmSetting newer() {
    return ollama(SwarmOllama.NEWER);
  }

  SwarmSetting ollama(SwarmOllama other) {
    return new SwarmSetting(
        other,
        machines,
        ollamas,
        slots,
        promptRate,
        agents,
        interactive,
        returning,
        models,
        strategy,
        patience,
        residency,
        tuning);
  }

  SwarmSetting hardware(int computers, int servers, int slotsOfEach) {
    return new SwarmSetting(
        ollama,
        computers,
        servers,
        slotsOfEach,
        promptRate,
        agents,
        interactive,
        returning,
        models,
        strategy,
        patience,
        residency,
        tuning);
  }

  SwarmSetting promptRate(double tokens) {
    return new SwarmSetting(
        ollama,
        machines,
        ollamas,
        slots,
        tokens,
        agents,
        interactive,
        returning,
        models,
        strategy,
        patience,
        residency,
        tuning);
  }

  SwarmSetting agents(int count) {
    return new SwarmSetting(
        ollama,
        machines,
        ollamas,
        slots,
        promptRate,
        count,
        interactive,
        returning,
        models,
        strategy,
        patience,
        residency,
        tuning);
  }

  SwarmSetting interactive(double share) {
    return new SwarmSetting(
        ollama,
        machines,
        ollamas,
        slots,
        promptRate,
        agents,
        share,
        returning,
        models,
        strategy,
        patience,
        residency,
        tuning);
  }

  SwarmSetting leavingForGood() {
    return new SwarmSetting(
        ollama,
        machines,
        ollamas,
        slots,
        promptRate,
        agents,
        interactive,
        false,
        models,
        strategy,
        patience,
        residency,
        tuning);
  }

  SwarmSetting models(int count) {
    return new SwarmSetting(
        ollama,
        machines,
        ollamas,
        slots,
        promptRate,
        agents,
        interactive,
        returning,
        count,
        strategy,
        patience,
        residency,
        tuning);
  }

  /** In order of arrival, to the backend with the fewest requests: what a plain proxy does. */
  SwarmSetting byArrival() {
    return policy(Strategy.LEAST_REQUESTS, patience, residency);
  }

  SwarmSetting policy(Strategy other, double patient, Duration longestHold) {
    return new SwarmSetting(
        ollama,
        machines,
        ollamas,
        slots,
        promptRate,
        agents,
        interactive,
        returning,
        models,
        other,
        patient,
        longestHold,
        tuning);
  }

  SwarmSetting tuning(Tuning other) {
    return new SwarmSetting(
        ollama,
        machines,
        ollamas,
        slots,
        promptRate,
        agents,
        interactive,
        returning,
        models,
        strategy,
        patience,
        residency,
        other);
  }

  /** Every Ollama is believed to be so many times slower than it is, until more is learnt. */
  SwarmSetting believing(double wrong) {
    Rate exact = new Rate(1e9 / promptRate, 1e9 / SwarmMachine.OUTPUT_RATE, 10e9, 220, 1, 0, 0, 0);
    Rate prior = exact.faster(1 / wrong);
    return tuning(
        new Tuning(
            tuning.remembers(),
            tuning.learns(),
            tuning.corrects(),
            tuning.loss(),
            tuning.stall(),
            tuning.fairness(),
            prior));
  }
}
