package com.visiquate.ccproxy.load.swarm;

import java.io.IOException;
import java.util.Locale;

/**
 * The ways to share the Ollamas that are compared, and how much faster than real each may run
 * without suffering from it: what never waits on a clock of its own bears more.
 */
enum Strategy {
  LEAST_BUSY(30) {
    @Override
    Front start(Site site) throws IOException, InterruptedException {
      return Ccproxy.start(site, this);
    }
  },
  LEAST_REQUESTS(200) {
    @Override
    Front start(Site site) throws IOException, InterruptedException {
      return Ccproxy.start(site, this);
    }
  },
  SHUFFLE(200) {
    @Override
    Front start(Site site) throws IOException, InterruptedException {
      return Ccproxy.start(site, this);
    }
  },
  ROUND_ROBIN(200) {
    @Override
    Front start(Site site) throws IOException, InterruptedException {
      return Ccproxy.start(site, this);
    }
  },
  NODES(30) {
    @Override
    Front start(Site site) throws IOException, InterruptedException {
      return Nodes.start(site);
    }
  },
  NGINX(200) {
    @Override
    Front start(Site site) throws IOException, InterruptedException {
      return Nginx.start(site);
    }
  },
  HAPROXY(200) {
    @Override
    Front start(Site site) throws IOException, InterruptedException {
      return Haproxy.start(site);
    }
  };

  private final double scale;

  Strategy(double scale) {
    this.scale = scale;
  }

  /** Starts it before the simulators of a site. */
  abstract Front start(Site site) throws IOException, InterruptedException;

  double scale() {
    return scale;
  }

  String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** In the words of ccproxy's configuration. */
  String policy() {
    return this == NODES ? LEAST_BUSY.label() : label();
  }

  /** For people. */
  String title() {
    return switch (this) {
      case NGINX -> "nginx `least_conn`";
      case HAPROXY -> "HAProxy `leastconn`, `maxconn 1`";
      case NODES -> "three nodes of ccproxy";
      default -> "ccproxy `" + label() + "`";
    };
  }

  /** Whether it keeps slots for conversations. */
  boolean holds() {
    return this == LEAST_BUSY;
  }

  /** Whether it keeps records, which are compared with what was simulated. */
  boolean keepsRecords() {
    return this != NGINX && this != HAPROXY && this != NODES;
  }

  static Strategy of(String label) {
    return valueOf(label.toUpperCase(Locale.ROOT).replace('-', '_'));
  }
}
