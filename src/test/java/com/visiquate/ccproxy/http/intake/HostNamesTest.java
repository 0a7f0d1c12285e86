package com.visiquate.ccproxy.http.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class HostNamesTest {
  private final HostNames names =
      new HostNames("ai.own.example", List.of("gate.example.com", "*.lan.example.com"));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "localhost",
        "127.0.0.1",
        "10.1.2.3",
        "[::1]",
        "fe80::1",
        "mymac",
        "mymac.local",
        "app.localhost",
        "host.docker.internal",
        "ai.own.example",
        "gate.example.com",
        "gate.example.com.",
        "a.lan.example.com",
      })
  void knowsItsOwnNamesAndThoseThatNoSiteHas(String host) {
    assertThat(names.isGood(host)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "evil.example",
        "lan.example.com",
        "xgate.example.com",
        "evil-gate.example.com",
        "127.0.0.1.evil.example",
        "localhost.evil.example",
        "1.2.3.4x.example",
      })
  void knowsNoOthers(String host) {
    assertThat(names.isGood(host)).isFalse();
  }
}
