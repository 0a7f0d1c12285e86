package com.visiquate.ccproxy.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.visiquate.ccproxy.config.ClusterSettings.Endpoint;
import com.visiquate.ccproxy.config.ClusterSettings.Tls;
import com.visiquate.ccproxy.config.Loaded.Invalid;
import com.visiquate.ccproxy.config.Loaded.Valid;
import com.visiquate.ccproxy.fleet.NodeId;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What may be written of other nodes. */
final class ClusterReaderTest {
  private static final String REST = ", members: [100.64.0.3], secret: 0123456789abcdef";

  @Test
  void isAloneUnlessItHasAName() {
    assertThat(settings(read("{}"))).isEqualTo(ClusterSettings.ALONE);
    assertThat(settings(read("{name: \"\", node: mini-1}"))).isEqualTo(ClusterSettings.ALONE);
  }

  @Test
  void readsWhereTheOthersAre() {
    ClusterSettings settings =
        settings(
            read(
                "{name: studio, node: mini-1, listen: 100.64.0.2,"
                    + " members: [100.64.0.3, \"mini-2:5801\", \"[fd7a:115c:a1e0::3]:5701\"],"
                    + " secret: 0123456789abcdef}"));

    assertThat(settings.name()).isEqualTo("studio");
    assertThat(settings.node()).isEqualTo(new NodeId("mini-1"));
    assertThat(settings.listen()).isEqualTo(new Endpoint("100.64.0.2", 5701));
    assertThat(settings.members())
        .containsExactly(
            new Endpoint("100.64.0.3", 5701),
            new Endpoint("mini-2", 5801),
            new Endpoint("fd7a:115c:a1e0::3", 5701));
    assertThat(settings.members().getLast()).hasToString("[fd7a:115c:a1e0::3]:5701");
    assertThat(settings.toString()).doesNotContain("0123456789abcdef");
  }

  @Test
  void listensOnAnyAddressWithTls() {
    String tls = ", tls: {certificate: a.pem, key: b.pem, ca: c.pem}";
    ClusterSettings settings =
        settings(read("{name: studio, node: a, listen: 192.168.1.4" + REST + tls + "}"));

    assertThat(settings.tls()).isEqualTo(new Tls("a.pem", "b.pem", "c.pem"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "127.0.0.1:5701|true",
        "100.64.0.2|true",
        "100.127.255.254|true",
        "[fd7a:115c:a1e0::1]:5701|true",
        "100.63.0.1|false",
        "100.128.0.1|false",
        "192.168.1.4|false",
        "10.0.0.4|false",
        "0.0.0.0|false",
      })
  void wantsTlsWhereOthersListenIn(String listen, boolean allowed) {
    Loaded loaded = read("{name: studio, node: a, listen: \"" + listen + "\"" + REST + "}");

    assertThat(loaded).isInstanceOf(allowed ? Valid.class : Invalid.class);
    if (loaded instanceof Invalid invalid) {
      assertThat(invalid.problems())
          .singleElement()
          .asString()
          .contains("conf.yaml:3:", "cluster.listen", "cluster.tls");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "name: studio, listen: 127.0.0.1|cluster.node: missing",
        "name: studio, node: a|cluster.listen: missing",
        "name: studio, node: a b, listen: 127.0.0.1|letters, digits",
        "name: studio, node: a, listen: \"127.0.0.1:65535\"|cluster.listen: 127.0.0.1:65535",
        "name: studio, node: a, listen: 127.0.0.1, tls: {ca: c.pem}|a file is missing",
        "name: studio, node: a, listen: 127.0.0.1, port: 5|unknown key",
      })
  void saysWhatIsWrong(String keys, String problem) {
    assertThat(read("{" + keys + REST + "}"))
        .isInstanceOfSatisfying(
            Invalid.class,
            invalid -> assertThat(invalid.problems()).singleElement().asString().contains(problem));
  }

  @Test
  void wantsASecretThatIsHardToGuess() {
    String rest = "{name: studio, node: a, listen: 127.0.0.1, members: [127.0.0.1], secret: ";

    assertThat(read(rest + "short}"))
        .isInstanceOfSatisfying(
            Invalid.class,
            invalid ->
                assertThat(invalid.problems()).singleElement().asString().contains("16 letters"));
  }

  private static ClusterSettings settings(Loaded loaded) {
    assertThat(loaded).isInstanceOf(Valid.class);
    return ((Valid) loaded).settings().cluster();
  }

  private static Loaded read(String cluster) {
    String text =
        """
        backends: [{id: a, url: "http://127.0.0.1:1"}]
        models: [{name: m, ollama: m, context: 4096, backends: [a]}]
        cluster: %s
        """;
    return Config.parse("conf.yaml", text.formatted(cluster), Map.of());
  }
}
