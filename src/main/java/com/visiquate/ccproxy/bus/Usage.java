package com.visiquate.ccproxy.bus;

/** What many requests used together; spans are microseconds. */
public record Usage(
    long requests,
    long completed,
    long failed,
    long promptTokens,
    long cachedTokens,
    long outputTokens,
    long thinkingTokens,
    long lostTokens,
    long queueMicros,
    long loadMicros,
    long promptMicros,
    long outputMicros,
    long totalMicros,
    long machineMicros,
    double cost,
    double saved) {
  public static final Usage NONE = new Usage(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

  /** Of nothing but a slot. */
  public static Usage ofMachine(long micros) {
    return new Usage(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, micros, 0, 0);
  }

  public Usage plus(Usage other) {
    return combined(other, 1);
  }

  public Usage minus(Usage other) {
    return combined(other, -1);
  }

  private Usage combined(Usage other, int sign) {
    return new Usage(
        requests + sign * other.requests,
        completed + sign * other.completed,
        failed + sign * other.failed,
        promptTokens + sign * other.promptTokens,
        cachedTokens + sign * other.cachedTokens,
        outputTokens + sign * other.outputTokens,
        thinkingTokens + sign * other.thinkingTokens,
        lostTokens + sign * other.lostTokens,
        queueMicros + sign * other.queueMicros,
        loadMicros + sign * other.loadMicros,
        promptMicros + sign * other.promptMicros,
        outputMicros + sign * other.outputMicros,
        totalMicros + sign * other.totalMicros,
        machineMicros + sign * other.machineMicros,
        cost + sign * other.cost,
        saved + sign * other.saved);
  }
}
