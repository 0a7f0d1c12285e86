package com.visiquate.ccproxy.cluster;

import com.hazelcast.config.Config;
import com.hazelcast.config.EvictionConfig;
import com.hazelcast.config.EvictionPolicy;
import com.hazelcast.config.MapConfig;
import com.hazelcast.config.MaxSizePolicy;
import com.hazelcast.core.HazelcastInstance;
import io.vertx.core.Vertx;
import java.util.stream.Stream;

/**
 * What all nodes know, by kind.
 *
 * @param forgotten ids of responses that clients have deleted: a node may still know one of them
 */
record Shelves(Shelf responses, Shelf forgotten, Shelf thoughts, Shelf answers) {
  private static final String RESPONSES = "ccproxy.responses";
  private static final String FORGOTTEN = "ccproxy.forgotten";
  private static final String THOUGHTS = "ccproxy.thoughts";
  private static final String ANSWERS = "ccproxy.answers";
  private static final long FORGOTTEN_SIZE = 4L << 20;
  private static final long MEGABYTE = 1L << 20;

  /** Each is on two nodes; what nobody has asked for the longest is forgotten first. */
  static void configure(Config config, SharedSizes sizes) {
    config.addMapConfig(map(RESPONSES, sizes.responses()));
    config.addMapConfig(map(FORGOTTEN, FORGOTTEN_SIZE));
    config.addMapConfig(map(THOUGHTS, sizes.thoughts()));
    config.addMapConfig(map(ANSWERS, sizes.answers()));
  }

  private static MapConfig map(String name, long bytes) {
    return new MapConfig(name)
        .setBackupCount(1)
        .setReadBackupData(true)
        .setEvictionConfig(
            new EvictionConfig()
                .setEvictionPolicy(EvictionPolicy.LRU)
                .setMaxSizePolicy(MaxSizePolicy.USED_HEAP_SIZE)
                .setSize((int) (least(bytes) / MEGABYTE)));
  }

  /** Hazelcast counts in megabytes. */
  private static long least(long bytes) {
    return Math.max(MEGABYTE, bytes);
  }

  /** Blocks: the first time it tells the other nodes. */
  static Shelves open(Vertx vertx, HazelcastInstance hazelcast, Seal seal, SharedSizes sizes) {
    return new Shelves(
        shelf(vertx, hazelcast, RESPONSES, seal, sizes.responses()),
        shelf(vertx, hazelcast, FORGOTTEN, seal, FORGOTTEN_SIZE),
        shelf(vertx, hazelcast, THOUGHTS, seal, sizes.thoughts()),
        shelf(vertx, hazelcast, ANSWERS, seal, sizes.answers()));
  }

  private static Shelf shelf(
      Vertx vertx, HazelcastInstance hazelcast, String name, Seal seal, long bytes) {
    return new Shelf(vertx, hazelcast.getMap(name), seal, least(bytes));
  }

  /** Forgets what has become too much. Blocks. */
  void trim() {
    Stream.of(responses, forgotten, thoughts, answers).forEach(Shelf::trim);
  }
}
