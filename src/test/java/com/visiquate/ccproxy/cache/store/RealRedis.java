package com.visiquate.ccproxy.cache.store;

import com.visiquate.ccproxy.config.CacheSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.jspecify.annotations.Nullable;
import redis.embedded.RedisServer;

/** A Redis for a test: one that runs already, such as a distribution's, else one of its own. */
public final class RealRedis implements AutoCloseable {
  /** Names the address of one that runs already. */
  public static final String GIVEN = "CCPROXY_TEST_REDIS";

  private static final String GIVEN_CA = "CCPROXY_TEST_REDIS_CA";
  private final CacheSettings.Redis settings;
  private final @Nullable RedisServer own;

  private RealRedis(CacheSettings.Redis settings, @Nullable RedisServer own) {
    this.settings = settings;
    this.own = own;
  }

  /** Runs until it is closed. */
  public static RealRedis start() throws IOException {
    String given = System.getenv(GIVEN);
    if (given != null) {
      String ca = System.getenv(GIVEN_CA);
      return new RealRedis(new CacheSettings.Redis(given, "", ca == null ? "" : ca), null);
    }
    int port = freePort();
    RedisServer server = new RedisServer(port);
    server.start();
    return new RealRedis(new CacheSettings.Redis("redis://127.0.0.1:" + port, "", ""), server);
  }

  /** Where it is, and by what it is entered and believed. */
  public CacheSettings.Redis settings() {
    return settings;
  }

  /** A port that nobody listens to. */
  public static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  @Override
  public void close() throws IOException {
    if (own != null) {
      own.stop();
    }
  }
}
