package com.visiquate.ccproxy.launch;

import com.visiquate.ccproxy.config.ConfigListener;
import com.visiquate.ccproxy.config.Problem;
import com.visiquate.ccproxy.config.Settings;
import com.visiquate.ccproxy.config.logs.Logs;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hands a changed configuration to the gateway, and counts the ones that were refused. */
final class Reload implements ConfigListener {
  private static final Logger LOG = LoggerFactory.getLogger(Logs.LIFE_CYCLE);
  private final GatewayStarter.Started gateway;
  private final Logs logs;

  Reload(GatewayStarter.Started gateway, Logs logs) {
    this.gateway = gateway;
    this.logs = logs;
  }

  @Override
  public void changed(Settings settings) {
    logs.level(settings.logging().level());
    gateway
        .reload(settings.plan())
        .onSuccess(done -> LOG.info("reloaded: {}", Summary.fleet(settings.plan())))
        .onFailure(cause -> LOG.error("could not reload; see the cause", cause));
  }

  @Override
  public void refused(List<Problem> problems) {
    gateway.refusedConfiguration();
  }
}
