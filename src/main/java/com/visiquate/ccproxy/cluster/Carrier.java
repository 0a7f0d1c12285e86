package com.visiquate.ccproxy.cluster;

import com.hazelcast.cluster.MembershipEvent;
import com.hazelcast.cluster.MembershipListener;
import com.visiquate.ccproxy.bus.Membership.Member;
import com.visiquate.ccproxy.config.ClusterSettings;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.spi.cluster.hazelcast.HazelcastClusterManager;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Carries sealed messages from node to node by Vert.x's clustered bus, and tells who is there. It
 * is a Vert.x of its own, so that what stays in the process never knows of it. Anything that is
 * sent may be lost.
 */
final class Carrier {
  private static final DeliveryOptions BYTES = new DeliveryOptions();

  private final Member self;
  private final Seal seal;
  private final Listener listener;
  private final HazelcastClusterManager hazelcast;
  private final Vertx vertx;
  private final Shelves shelves;
  private volatile MessageConsumer<Buffer> door;

  /** Who hears of it, on any thread. */
  interface Listener {
    /** These are there, the eldest first. */
    void seen(List<Member> members);

    /** Somebody who knows the secret has sent this. */
    void arrived(byte[] message);

    /** Somebody who does not has sent something. */
    void forged();
  }

  private Carrier(
      Member self,
      Seal seal,
      Listener listener,
      HazelcastClusterManager hazelcast,
      Vertx vertx,
      Shelves shelves) {
    this.self = self;
    this.seal = seal;
    this.listener = listener;
    this.hazelcast = hazelcast;
    this.vertx = vertx;
    this.shelves = shelves;
    this.door = consumer();
  }

  /** Joins whoever is there; alone if nobody is. */
  static Future<Carrier> start(
      ClusterSettings settings, SharedSizes sizes, Member self, Listener listener) {
    // Read before any configuration is.
    System.setProperty("hazelcast.logging.type", "slf4j");
    Seal seal = new Seal(settings.name(), settings.secret(), self.protocol());
    HazelcastClusterManager hazelcast =
        new HazelcastClusterManager(HazelcastOptions.hazelcast(settings, sizes, seal.name(), self));
    VertxOptions options =
        new VertxOptions()
            .setEventLoopPoolSize(1)
            .setEventBusOptions(HazelcastOptions.bus(settings));
    return Vertx.builder()
        .with(options)
        .withClusterManager(hazelcast)
        .buildClustered()
        .compose(
            vertx ->
                shelves(vertx, hazelcast, settings, sizes, self)
                    .map(all -> new Carrier(self, seal, listener, hazelcast, vertx, all)))
        .onSuccess(Carrier::watch);
  }

  private static Future<Shelves> shelves(
      Vertx vertx,
      HazelcastClusterManager hazelcast,
      ClusterSettings settings,
      SharedSizes sizes,
      Member self) {
    Seal seal = Seal.ofMaps(settings.name(), settings.secret(), self.protocol());
    return vertx
        .executeBlocking(() -> Shelves.open(vertx, hazelcast.getHazelcastInstance(), seal, sizes))
        .map(Objects::requireNonNull);
  }

  /** What all nodes know. */
  Shelves shelves() {
    return shelves;
  }

  /** Forgets what has become too much on this node; the next time waits for the one before. */
  Future<?> trim() {
    return vertx.executeBlocking(
        () -> {
          shelves.trim();
          return true;
        });
  }

  void send(Member to, byte[] message) {
    events().send(address(to), Buffer.buffer(seal.close(message)), BYTES);
  }

  /** Listens anew: a blip of the network can make the others forget that this node listens. */
  Future<Void> listenAgain() {
    MessageConsumer<Buffer> before = door;
    door = consumer();
    return before.unregister();
  }

  Future<Void> close() {
    return vertx.close();
  }

  private EventBus events() {
    return vertx.eventBus();
  }

  private MessageConsumer<Buffer> consumer() {
    return events()
        .consumer(
            address(self),
            message ->
                seal.open(message.body().getBytes())
                    .ifPresentOrElse(listener::arrived, listener::forged));
  }

  private static String address(Member member) {
    return "ccproxy.node." + member;
  }

  private void watch() {
    hazelcast
        .getHazelcastInstance()
        .getCluster()
        .addMembershipListener(
            new MembershipListener() {
              @Override
              public void memberAdded(MembershipEvent event) {
                tell();
              }

              @Override
              public void memberRemoved(MembershipEvent event) {
                tell();
              }
            });
    tell();
  }

  private void tell() {
    listener.seen(
        hazelcast.getHazelcastInstance().getCluster().getMembers().stream()
            .map(one -> HazelcastOptions.member(one.getAttributes()))
            .flatMap(Optional::stream)
            .toList());
  }
}
