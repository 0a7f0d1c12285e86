package com.visiquate.ccproxy.load.soak;

/** How a request ended. */
enum Outcome {
  ANSWERED,
  LEFT,
  REFUSED,
  EXCUSED,
  FAILED
}
