package com.visiquate.ccproxy.backend.health;

import com.visiquate.ccproxy.fleet.Health;

/** The health of one Ollama: states whose only legal transitions are their methods. */
public sealed interface HealthState {
  /** Good probes after which a state is trusted again without the proof of a request. */
  int PROBES_TO_HEAL = 2;

  /** Failures in a row that make a backend down. */
  int FAILURES_TO_FALL = 3;

  /** A probe was answered. */
  HealthState answered();

  /** A probe or a request failed. */
  HealthState failed(String why);

  /** A request was answered. */
  default HealthState proved() {
    return new Up();
  }

  /** A prompt was not done after all that it can take: what probes say proves nothing now. */
  default HealthState hung(String why) {
    return new Hung(0, why);
  }

  Health health();

  /** Why it is not up; empty when it is. */
  default String reason() {
    return "";
  }

  record Unknown() implements HealthState {
    @Override
    public HealthState answered() {
      return new Up();
    }

    @Override
    public HealthState failed(String why) {
      return new Down(why);
    }

    @Override
    public Health health() {
      return Health.UNKNOWN;
    }

    @Override
    public String reason() {
      return "not asked yet";
    }
  }

  record Up() implements HealthState {
    @Override
    public HealthState answered() {
      return this;
    }

    @Override
    public HealthState failed(String why) {
      return new Suspect(1, 0, why);
    }

    @Override
    public Health health() {
      return Health.UP;
    }
  }

  /**
   * It has just failed.
   *
   * @param failures in a row
   * @param answers probes answered since the last failure
   */
  record Suspect(int failures, int answers, String reason) implements HealthState {
    @Override
    public HealthState answered() {
      return answers + 1 >= PROBES_TO_HEAL ? new Up() : new Suspect(0, answers + 1, reason);
    }

    @Override
    public HealthState failed(String why) {
      return failures + 1 >= FAILURES_TO_FALL ? new Down(why) : new Suspect(failures + 1, 0, why);
    }

    @Override
    public Health health() {
      return Health.SUSPECT;
    }
  }

  record Down(String reason) implements HealthState {
    @Override
    public HealthState hung(String why) {
      return this;
    }

    @Override
    public HealthState answered() {
      return new Probing(1, reason);
    }

    @Override
    public HealthState failed(String why) {
      return new Down(why);
    }

    /** An answer to a request that began before the fall proves no more than a probe. */
    @Override
    public HealthState proved() {
      return answered();
    }

    @Override
    public Health health() {
      return Health.DOWN;
    }
  }

  /**
   * It answers probes, and yet a prompt hung: it is as good as suspect at first, and then gets one
   * request at a time; only an answer to one heals it.
   *
   * @param answers probes answered since then
   */
  record Hung(int answers, String reason) implements HealthState {
    @Override
    public HealthState answered() {
      return answers >= PROBES_TO_HEAL ? this : new Hung(answers + 1, reason);
    }

    @Override
    public HealthState failed(String why) {
      return new Suspect(1, 0, why);
    }

    @Override
    public Health health() {
      return answers >= PROBES_TO_HEAL ? Health.PROBING : Health.SUSPECT;
    }
  }

  /**
   * It answers again and gets one request to prove itself; without traffic, further probes do.
   *
   * @param answers probes answered since it was down
   */
  record Probing(int answers, String reason) implements HealthState {
    @Override
    public HealthState answered() {
      return answers > PROBES_TO_HEAL ? new Up() : new Probing(answers + 1, reason);
    }

    @Override
    public HealthState failed(String why) {
      return new Down(why);
    }

    @Override
    public Health health() {
      return Health.PROBING;
    }
  }
}
