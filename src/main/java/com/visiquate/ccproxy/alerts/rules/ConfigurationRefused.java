package com.visiquate.ccproxy.alerts.rules;

import com.visiquate.ccproxy.bus.BusMessage;
import com.visiquate.ccproxy.bus.Fact.ConfigurationRead;
import java.time.Instant;
import java.util.List;

/** The configuration file, as it is now, was refused. */
final class ConfigurationRefused implements Rule {
  private boolean refused;

  @Override
  public void hear(BusMessage message, Instant now) {
    if (message instanceof ConfigurationRead read) {
      refused = !read.accepted();
    }
  }

  @Override
  public List<Finding> look(Instant now) {
    return refused
        ? List.of(
            Finding.warning(
                "",
                "The changed configuration was refused; the last valid one stays, until a restart."
                    + " `ccproxy --config FILE --check` names every mistake with its line."))
        : List.of();
  }
}
