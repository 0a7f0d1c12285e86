package com.visiquate.ccproxy.config;

import java.util.List;

/** What reading the configuration gave: settings that can be used, or every reason why not. */
public sealed interface Loaded {
  /**
   * Settings that can be used.
   *
   * @param warnings what an operator may want to look at
   */
  record Valid(Settings settings, List<Problem> warnings, Origin origin) implements Loaded {
    public Valid {
      warnings = List.copyOf(warnings);
    }
  }

  /**
   * Settings that cannot be used.
   *
   * @param problems all of them, in the order of the file; not empty
   */
  record Invalid(List<Problem> problems) implements Loaded {
    public Invalid {
      problems = List.copyOf(problems);
    }
  }
}
