package com.visiquate.ccproxy.load;

import org.HdrHistogram.Histogram;

/** What has come of one answer: its tokens, when they came, and how it ends. */
final class Answer implements MessageReader.Body {
  private static final int NOT_IN_A_STAMP = 0;

  private final Histogram delays;
  private int tokens;
  private int digitsLeft = NOT_IN_A_STAMP;
  private long stamp;
  private long lastEight;
  private long now;
  private long firstToken;
  private long lastToken;
  private long longestGap;

  /** Records the microseconds that each token was on its way. */
  Answer(Histogram delays) {
    this.delays = delays;
  }

  void begin() {
    tokens = 0;
    digitsLeft = NOT_IN_A_STAMP;
    lastEight = 0;
    firstToken = 0;
    lastToken = 0;
    longestGap = 0;
  }

  /** Says when the bytes that follow were read. */
  void readAt(long nanos) {
    now = nanos;
  }

  @Override
  public void take(byte[] bytes, int from, int to) {
    for (int i = from; i < to; i++) {
      byte next = bytes[i];
      lastEight = lastEight << 8 | next & 0xff;
      if (digitsLeft > 0) {
        digit(next);
      } else if (next == Stamp.MARK) {
        digitsLeft = Stamp.DIGITS;
        stamp = 0;
      }
    }
  }

  private void digit(byte next) {
    stamp = stamp * 10 + next - '0';
    if (--digitsLeft == 0) {
      tokens++;
      token();
    }
  }

  private void token() {
    if (firstToken == 0) {
      firstToken = now;
    } else {
      longestGap = Math.max(longestGap, now - lastToken);
    }
    lastToken = now;
    if (stamp > 0) {
      delays.recordValue(
          Math.min(Stamp.age(stamp, Stamp.at(now)), delays.getHighestTrackableValue()));
    }
  }

  int tokens() {
    return tokens;
  }

  /** The nanosecond of the first token, 0 before it. */
  long firstToken() {
    return firstToken;
  }

  long longestGap() {
    return longestGap;
  }

  boolean endsWith(String ending) {
    for (int i = 0; i < ending.length(); i++) {
      if ((byte) (lastEight >> 8 * (ending.length() - 1 - i)) != (byte) ending.charAt(i)) {
        return false;
      }
    }
    return true;
  }
}
