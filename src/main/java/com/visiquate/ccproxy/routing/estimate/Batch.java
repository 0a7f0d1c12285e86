package com.visiquate.ccproxy.routing.estimate;

import com.visiquate.ccproxy.fleet.ModelSpec;

/** How much of a prompt Ollama's newer line computes at one go. */
final class Batch {
  private static final int SMALL_WINDOW = 4_096;
  private static final int SMALL = 512;
  private static final int USUAL_WINDOW = 32_768;
  private static final int USUAL = 1_024;
  private static final int LARGE = 2_048;

  private Batch() {}

  /** In tokens: by the window, unless the configuration says how many. */
  static int tokens(ModelSpec model) {
    if (model.options().get("num_batch") instanceof Number tokens && tokens.intValue() > 0) {
      return tokens.intValue();
    }
    if (model.context() <= SMALL_WINDOW) {
      return SMALL;
    }
    return model.context() <= USUAL_WINDOW ? USUAL : LARGE;
  }
}
