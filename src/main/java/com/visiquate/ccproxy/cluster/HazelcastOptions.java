package com.visiquate.ccproxy.cluster;

import com.hazelcast.config.Config;
import com.hazelcast.config.JavaSerializationFilterConfig;
import com.hazelcast.config.JoinConfig;
import com.hazelcast.config.NetworkConfig;
import com.visiquate.ccproxy.bus.Membership.Member;
import com.visiquate.ccproxy.config.ClusterSettings;
import com.visiquate.ccproxy.config.ClusterSettings.Endpoint;
import com.visiquate.ccproxy.config.ClusterSettings.Tls;
import com.visiquate.ccproxy.fleet.NodeId;
import io.vertx.core.eventbus.EventBusOptions;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import java.util.Map;
import java.util.Optional;

/**
 * How Hazelcast and its bus are set up: a few threads, known addresses, deaths that are noticed.
 */
final class HazelcastOptions {
  private static final String NODE = "ccproxy.node";
  private static final String LIFE = "ccproxy.life";
  private static final String PROTOCOL = "ccproxy.protocol";

  /**
   * By their names of Hazelcast. A death is noticed by the end of its connections or after two
   * seconds; those who were apart look for each other every five.
   */
  private static final Map<String, String> PROPERTIES =
      Map.ofEntries(
          Map.entry("hazelcast.logging.type", "slf4j"),
          Map.entry("hazelcast.phone.home.enabled", "false"),
          Map.entry("hazelcast.shutdownhook.enabled", "false"),
          Map.entry("hazelcast.heartbeat.interval.seconds", "1"),
          Map.entry("hazelcast.max.no.heartbeat.seconds", "2"),
          Map.entry("hazelcast.merge.first.run.delay.seconds", "5"),
          Map.entry("hazelcast.merge.next.run.delay.seconds", "5"),
          Map.entry("hazelcast.socket.connect.timeout.seconds", "2"),
          Map.entry("hazelcast.wait.seconds.before.join", "1"),
          Map.entry("hazelcast.operation.thread.count", "2"),
          Map.entry("hazelcast.operation.generic.thread.count", "2"),
          Map.entry("hazelcast.io.thread.count", "2"),
          Map.entry("hazelcast.event.thread.count", "1"),
          Map.entry("hazelcast.health.monitoring.level", "OFF"),
          Map.entry("hazelcast.partition.count", "31"));

  private HazelcastOptions() {}

  /** Of a node that is called so in this life. */
  static Config hazelcast(ClusterSettings settings, SharedSizes sizes, String name, Member self) {
    Config config = new Config();
    config.setClusterName(name);
    PROPERTIES.forEach(config::setProperty);
    Shelves.configure(config, sizes);
    config
        .getMemberAttributeConfig()
        .setAttribute(NODE, self.node().value())
        .setAttribute(LIFE, Long.toString(self.life()))
        .setAttribute(PROTOCOL, Integer.toString(self.protocol()));
    // Whoever reaches the port may send anything: only Hazelcast's own classes are made of it.
    config
        .getSerializationConfig()
        .setJavaSerializationFilterConfig(new JavaSerializationFilterConfig());
    NetworkConfig network = config.getNetworkConfig();
    Endpoint listen = settings.listen();
    network.setPort(listen.port()).setPortAutoIncrement(false).setReuseAddress(true);
    network.setPublicAddress(listen.toString());
    network.getInterfaces().setEnabled(true).addInterface(listen.host());
    JoinConfig join = network.getJoin();
    join.getAutoDetectionConfig().setEnabled(false);
    join.getMulticastConfig().setEnabled(false);
    join.getTcpIpConfig().setEnabled(true);
    settings.members().forEach(one -> join.getTcpIpConfig().addMember(one.toString()));
    return config;
  }

  /** Who a member of Hazelcast's is; empty when it does not say. */
  static Optional<Member> member(Map<String, String> attributes) {
    try {
      String node = attributes.getOrDefault(NODE, "");
      return Optional.of(
          new Member(
              new NodeId(node),
              Long.parseLong(attributes.getOrDefault(LIFE, "")),
              Integer.parseInt(attributes.getOrDefault(PROTOCOL, ""))));
    } catch (IllegalArgumentException another) {
      return Optional.empty();
    }
  }

  /** Of the bus, on the port after Hazelcast's. */
  static EventBusOptions bus(ClusterSettings settings) {
    EventBusOptions options =
        new EventBusOptions()
            .setHost(settings.listen().host())
            .setPort(settings.listen().port() + 1)
            .setConnectTimeout(2_000)
            // A connection that a blip has cut would take what is sent for a minute, and lose it.
            .setClusterPingInterval(1_000)
            .setClusterPingReplyInterval(2_000);
    Tls tls = settings.tls();
    if (tls != null) {
      options
          .setSsl(true)
          .setClientAuth(ClientAuth.REQUIRED)
          .setKeyCertOptions(
              new PemKeyCertOptions().addCertPath(tls.certificate()).addKeyPath(tls.key()))
          .setTrustOptions(new PemTrustOptions().addCertPath(tls.ca()));
    }
    return options;
  }
}
