package com.visiquate.ccproxy.chat;

/** How much the model should think before it answers; {@code UNSET} leaves it to the model. */
public enum Reasoning {
  UNSET,
  OFF,
  ON,
  LOW,
  MEDIUM,
  HIGH,
  MAX
}
