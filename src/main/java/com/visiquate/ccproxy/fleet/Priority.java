package com.visiquate.ccproxy.fleet;

/** The class of a request; a higher class goes first, whatever its age. */
public enum Priority {
  INTERACTIVE,
  NORMAL,
  BACKGROUND
}
