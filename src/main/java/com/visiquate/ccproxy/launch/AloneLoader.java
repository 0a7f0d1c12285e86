package com.visiquate.ccproxy.launch;

import io.vertx.core.Vertx;
import io.vertx.core.VertxBuilder;
import java.io.IOException;
import java.net.URL;
import java.util.Collections;
import java.util.Enumeration;

/**
 * Hides from Vert.x that Hazelcast is there: it would ask every service on the class path to set it
 * up, and load for nothing what a node that runs alone never uses.
 */
public final class AloneLoader extends ClassLoader {
  private static final String SERVICES = "META-INF/services/io.vertx.core.spi.VertxServiceProvider";

  private AloneLoader(ClassLoader parent) {
    super(parent);
  }

  /** Builds one that has nothing to do with a cluster. */
  public static Vertx build(VertxBuilder builder) {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(new AloneLoader(before));
    try {
      return builder.build();
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  @Override
  public Enumeration<URL> getResources(String name) throws IOException {
    Enumeration<URL> found = super.getResources(name);
    if (!name.equals(SERVICES)) {
      return found;
    }
    return Collections.enumeration(
        Collections.list(found).stream()
            .filter(url -> !url.getPath().contains("hazelcast"))
            .toList());
  }
}
