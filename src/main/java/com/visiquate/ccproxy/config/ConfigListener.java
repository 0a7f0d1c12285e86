package com.visiquate.ccproxy.config;

import com.visiquate.ccproxy.config.watch.ConfigWatch;
import java.util.List;

/** Learns what {@link ConfigWatch} has seen. Called on the watch's context. */
public interface ConfigListener {
  /** The file says something else now, and it is valid. */
  void changed(Settings settings);

  /** The file is broken; the settings that run stay. The watch has already logged the problems. */
  default void refused(List<Problem> problems) {}
}
