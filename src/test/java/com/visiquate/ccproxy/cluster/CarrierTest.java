package com.visiquate.ccproxy.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.visiquate.ccproxy.FreePorts;
import com.visiquate.ccproxy.bus.Membership.Member;
import com.visiquate.ccproxy.config.ClusterSettings;
import com.visiquate.ccproxy.config.ClusterSettings.Endpoint;
import com.visiquate.ccproxy.fleet.NodeId;
import io.vertx.core.Future;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Real Hazelcast on loopback: who is there, and what they hear. */
@Tag("endtoend")
final class CarrierTest {
  private static final String SECRET = "0123456789abcdef";
  private final List<Node> nodes = new ArrayList<>();

  @AfterEach
  void stop() {
    nodes.forEach(node -> done(node.carrier().close()));
  }

  @Test
  void carriesFromNodeToNode() throws Exception {
    List<Integer> ports = FreePorts.pairs(2);
    Node a = node("a", ports.get(0), ports, SECRET, 1);
    Node b = node("b", ports.get(1), ports, SECRET, 1);

    a.awaits(a.self, b.self);
    b.awaits(a.self, b.self);
    a.carrier().send(b.self, "hello".getBytes(StandardCharsets.UTF_8));
    assertThat(b.arrived.poll(20, TimeUnit.SECONDS)).isEqualTo("hello");
    done(b.carrier().listenAgain());
    a.carrier().send(b.self, "again".getBytes(StandardCharsets.UTF_8));
    assertThat(b.arrived.poll(20, TimeUnit.SECONDS)).isEqualTo("again");
  }

  @Test
  void tellsWhoHasLeft() throws Exception {
    List<Integer> ports = FreePorts.pairs(2);
    Node a = node("a", ports.get(0), ports, SECRET, 1);
    Node b = node("b", ports.get(1), ports, SECRET, 1);
    b.awaits(a.self, b.self);
    done(a.carrier().close());

    b.awaits(b.self);
  }

  @Test
  void letsNobodyInWithoutTheSecret() throws Exception {
    List<Integer> ports = FreePorts.pairs(3);
    Node a = node("a", ports.get(0), ports, SECRET, 1);
    Node stranger = node("b", ports.get(1), ports, "another secret of it", 1);
    Node older = node("c", ports.get(2), ports, SECRET, 0);

    assertThat(stranger.seen.poll(20, TimeUnit.SECONDS)).containsExactly(stranger.self);
    assertThat(older.seen.poll(20, TimeUnit.SECONDS)).containsExactly(older.self);
    a.carrier().send(stranger.self, "a prompt".getBytes(StandardCharsets.UTF_8));
    a.carrier().send(a.self, "to itself".getBytes(StandardCharsets.UTF_8));
    assertThat(a.arrived.poll(20, TimeUnit.SECONDS)).isEqualTo("to itself");
    assertThat(a.seen.poll(20, TimeUnit.SECONDS)).containsExactly(a.self);
    assertThat(a.seen).isEmpty();
    assertThat(stranger.arrived).isEmpty();
  }

  private static <T> T done(Future<T> future) {
    return future.toCompletionStage().toCompletableFuture().orTimeout(60, TimeUnit.SECONDS).join();
  }

  private Node node(String name, int port, List<Integer> ports, String secret, int protocol) {
    List<Endpoint> members = ports.stream().map(one -> new Endpoint("127.0.0.1", one)).toList();
    NodeId id = new NodeId(name);
    ClusterSettings settings =
        new ClusterSettings("studio", id, new Endpoint("127.0.0.1", port), members, secret, null);
    Node node = new Node(new Member(id, nodes.size() + 1, protocol));
    nodes.add(node);
    node.carrier = done(Carrier.start(settings, SharedSizes.of(1 << 20, 1 << 20), node.self, node));
    return node;
  }

  private static final class Node implements Carrier.Listener {
    private final Member self;
    private final BlockingQueue<List<Member>> seen = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> arrived = new LinkedBlockingQueue<>();
    private @Nullable Carrier carrier;

    Node(Member self) {
      this.self = self;
    }

    @Override
    public void seen(List<Member> members) {
      seen.add(members);
    }

    @Override
    public void arrived(byte[] message) {
      arrived.add(new String(message, StandardCharsets.UTF_8));
    }

    @Override
    public void forged() {
      arrived.add("forged");
    }

    Carrier carrier() {
      return Objects.requireNonNull(carrier);
    }

    void awaits(Member... members) throws InterruptedException {
      List<Member> last = seen.poll(20, TimeUnit.SECONDS);
      while (last != null && !last.equals(List.of(members))) {
        last = seen.poll(20, TimeUnit.SECONDS);
      }
      assertThat(last).containsExactly(members);
    }
  }
}
