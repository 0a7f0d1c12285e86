package com.visiquate.ccproxy.backend;

import com.visiquate.ccproxy.backend.exchange.RunEffect;

/** Whoever has a run wants to know of these. */
interface Owner {
  void told(Run run, RunEffect.Told effect);

  void well();

  void unwell(String why);

  /** A prompt that nobody wants any more was not done after all that it can take. */
  void hung(String why);

  /** The slot is free and nothing of the run is left; comes exactly once. */
  void over(Run run);
}
