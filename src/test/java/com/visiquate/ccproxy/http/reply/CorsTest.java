package com.visiquate.ccproxy.http.reply;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CorsTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://localhost",
        "http://localhost:3000",
        "https://localhost:8443",
        "http://app.localhost:5173",
        "http://127.0.0.1:8080",
        "http://[::1]:8080",
        "vscode-webview://1f2e3d4c-0000",
        "vscode-file://vscode-app"
      })
  void letsThisMachineIn(String origin) {
    assertThat(Cors.allows(origin)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "http://evil.example",
        "http://localhost.evil.example",
        "http://evillocalhost",
        "http://127.0.0.1.evil.example",
        "http://127.0.0.1@evil.example",
        "http://localhost:3000.evil.example",
        "http://localhost/",
        "http://localhost:3000\nhttp://evil.example",
        "http://192.168.1.5:3000",
        "ftp://localhost",
        "file://",
        "chrome-extension://abcdef"
      })
  void letsNobodyElseIn(String origin) {
    assertThat(Cors.allows(origin)).isFalse();
  }

  @Test
  void grantsTheHeadersThatClientsSend() {
    assertThat(
            Cors.granted(
                "Content-Type,x-api-key, anthropic-dangerous-direct-browser-access,"
                    + "x-stainless-os,OpenAI-Organization, authorization"))
        .isEqualTo(
            "content-type, x-api-key, anthropic-dangerous-direct-browser-access, x-stainless-os,"
                + " openai-organization, authorization");
    assertThat(Cors.granted("x-evil, cookie, *")).isEmpty();
  }
}
