package com.visiquate.ccproxy.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.hazelcast.cluster.MembershipAdapter;
import com.hazelcast.cluster.MembershipEvent;
import com.hazelcast.config.Config;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import com.visiquate.ccproxy.FreePorts;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What nodes keep for each other in a real Hazelcast on loopback. */
@Tag("endtoend")
final class ShelfTest {
  private static final Duration LONG = Duration.ofMinutes(5);
  private static final String SECRET = "0123456789abcdef";
  private static final long MOST = 2L << 20;
  private static final SharedSizes SIZES = new SharedSizes(MOST, MOST, MOST);

  private final Vertx vertx = Vertx.vertx();
  private final List<HazelcastInstance> members = new ArrayList<>();
  private final List<Shelves> nodes = new ArrayList<>();

  @BeforeEach
  void start() throws Exception {
    List<Integer> ports = FreePorts.pairs(2);
    for (int port : ports) {
      Config config = new Config();
      config.setClusterName("shelf-" + ports);
      config.setProperty("hazelcast.logging.type", "slf4j");
      config.setProperty("hazelcast.phone.home.enabled", "false");
      config.setProperty("hazelcast.partition.count", "31");
      config.setProperty("hazelcast.wait.seconds.before.join", "0");
      config.getNetworkConfig().setPort(port).setPortAutoIncrement(false);
      config.getNetworkConfig().getInterfaces().setEnabled(true).addInterface("127.0.0.1");
      var join = config.getNetworkConfig().getJoin();
      join.getAutoDetectionConfig().setEnabled(false);
      join.getMulticastConfig().setEnabled(false);
      join.getTcpIpConfig().setEnabled(true);
      ports.forEach(one -> join.getTcpIpConfig().addMember("127.0.0.1:" + one));
      Shelves.configure(config, SIZES);
      HazelcastInstance member = Hazelcast.newHazelcastInstance(config);
      members.add(member);
      nodes.add(Shelves.open(vertx, member, Seal.ofMaps("studio", SECRET, 1), SIZES));
    }
    assertThat(members.getFirst().getCluster().getMembers()).hasSize(2);
  }

  @AfterEach
  void stop() {
    members.forEach(member -> member.getLifecycleService().terminate());
    done(vertx.close());
  }

  @Test
  void whatOneKeepsTheOtherFindsAndNobodyElseReads() {
    assertThat(keep(0, "resp_1", bytes("a prompt"))).isTrue();

    assertThat(found(1, "resp_1")).containsExactly("a prompt");
    assertThat(found(1, "resp_2")).isEmpty();
    Map<String, byte[]> map = members.getLast().getMap("ccproxy.responses");
    assertThat(map).hasSize(1);
    map.forEach(
        (name, closed) -> {
          assertThat(name).doesNotContain("resp");
          assertThat(new String(closed, StandardCharsets.ISO_8859_1)).doesNotContain("prompt");
        });
    Shelves stranger =
        Shelves.open(vertx, members.getLast(), Seal.ofMaps("studio", SECRET, 2), SIZES);
    assertThat(done(stranger.responses().find(List.of("resp_1")))).isEmpty();
  }

  @Test
  void removesByNameAndByPattern() {
    for (String name : List.of("a:one:1", "a:one:2", "a:two:1", "b:one:1")) {
      keep(0, name, bytes(name));
    }

    assertThat(done(nodes.get(1).responses().removeAll(List.of("a:one:2", "a:one:3"))))
        .isEqualTo(1);
    assertThat(found(0, "a:one:2")).isEmpty();
    assertThat(done(nodes.get(1).responses().removeLike("a:*:*"))).isEqualTo(2);
    assertThat(found(0, "a:one:1", "a:two:1")).isEmpty();
    assertThat(found(0, "b:one:1")).hasSize(1);
    assertThat(done(nodes.get(0).responses().removeLike("*:*:*"))).isEqualTo(1);
  }

  /** Small ones are not forgotten as fast as large ones come, but for the trimming. */
  @Test
  void takesNoMoreThanItMay() {
    Random random = new Random(1);
    for (int i = 0; i < 3_000; i++) {
      keep(i % 2, "small-" + i, random(random, 1_000));
    }
    for (int i = 0; i < 60; i++) {
      keep(i % 2, "large-" + i, random(random, 200_000));
    }
    assertThat(keep(0, "too large", random(random, (int) MOST / 2))).isFalse();

    for (Shelves node : nodes) {
      node.trim();
    }
    for (Shelves node : nodes) {
      assertThat(node.responses().bytes()).isBetween(MOST / 4, MOST + MOST / 4);
    }
  }

  @Test
  void isThereWhenTheNodeThatKeptItIsGone() throws Exception {
    for (int i = 0; i < 20; i++) {
      assertThat(keep(0, "resp_" + i, bytes("a prompt"))).isTrue();
    }
    CountDownLatch gone = new CountDownLatch(1);
    members
        .getLast()
        .getCluster()
        .addMembershipListener(
            new MembershipAdapter() {
              @Override
              public void memberRemoved(MembershipEvent event) {
                gone.countDown();
              }
            });
    members.getFirst().getLifecycleService().terminate();
    assertThat(gone.await(20, TimeUnit.SECONDS)).isTrue();

    for (int i = 0; i < 20; i++) {
      assertThat(foundSoon("resp_" + i)).containsExactly("a prompt");
    }
  }

  /** Until the other one has put itself in the place of the first. */
  private List<String> foundSoon(String name) {
    List<String> found = found(1, name);
    for (int tries = 0; tries < 50 && found.isEmpty(); tries++) {
      found = found(1, name);
    }
    return found;
  }

  @Test
  void whatCannotBeHadIsNotThere() {
    keep(0, "resp_1", bytes("a prompt"));
    members.forEach(HazelcastInstance::shutdown);

    assertThat(found(0, "resp_1")).isEmpty();
    assertThat(keep(0, "resp_2", bytes("another"))).isFalse();
    assertThat(done(nodes.get(0).responses().removeLike("*"))).isZero();
  }

  private boolean keep(int node, String name, byte[] bytes) {
    return done(nodes.get(node).responses().keep(name, () -> bytes, LONG));
  }

  private List<String> found(int node, String... names) {
    return done(nodes.get(node).responses().find(List.of(names))).stream()
        .map(one -> new String(one, StandardCharsets.UTF_8))
        .toList();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] random(Random random, int size) {
    byte[] bytes = new byte[size];
    random.nextBytes(bytes);
    return bytes;
  }

  private static <T> T done(Future<T> future) {
    return future.toCompletionStage().toCompletableFuture().orTimeout(60, TimeUnit.SECONDS).join();
  }
}
