package com.visiquate.ccproxy.routing.request;

/** What is expected of an exchange that waits, and the place that its client was told last. */
final class Prospect {
  private long work;
  private double rank;
  private int toldPlace;

  long work() {
    return work;
  }

  double rank() {
    return rank;
  }

  void expect(long nanos, double among) {
    work = nanos;
    rank = among;
  }

  /** Notes a place; false when it is the one that was told last. */
  boolean tell(int place) {
    boolean news = place != toldPlace;
    toldPlace = place;
    return news;
  }
}
