package com.visiquate.ccproxy.endtoend;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.visiquate.ccproxy.simulator.speech.Script;
import java.io.IOException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A page of another site that has made its name mean this machine. */
@Tag("endtoend")
final class HostTest {
  private static final String BROWSER = "User-Agent: Mozilla/5.0 (X11)\r\n";

  @Test
  void refusesPagesOfOtherSitesAndTakesPrograms() throws IOException {
    try (Stack stack = stack("")) {
      String page = "Host: evil.example:8081\r\nOrigin: http://evil.example:8081\r\n";
      assertThat(post(stack, page).status()).isEqualTo(403);
      assertThat(post(stack, page).body()).contains("server.hosts", "host_not_allowed");
      assertThat(get(stack, "/v1/models", "Host: evil.example\r\n" + BROWSER).status())
          .isEqualTo(403);

      assertThat(post(stack, "Host: ai.example.com\r\n").status()).isEqualTo(200);
      assertThat(get(stack, "/v1/models", "Host: localhost:8081\r\n" + BROWSER).status())
          .isEqualTo(200);
      assertThat(get(stack, "/v1/models", "Host: 127.0.0.1\r\n" + BROWSER).status()).isEqualTo(200);
      assertThat(get(stack, "/health", "Host: evil.example\r\n" + BROWSER).status()).isEqualTo(200);
    }
  }

  @Test
  void takesNobodyByOtherNamesWhenItsNamesAreKnown() throws IOException {
    try (Stack stack = stack("hosts: [ai.example.com]")) {
      assertThat(post(stack, "Host: AI.example.com:443\r\n").status()).isEqualTo(200);
      assertThat(post(stack, "Host: other.example.com\r\n").status()).isEqualTo(403);
    }
  }

  @Test
  void tellsNobodyWhereItsOllamasAre() throws IOException {
    try (Stack stack = stack("")) {
      String port = Integer.toString(stack.ollama(0).port());
      for (String path : new String[] {"/", "/health", "/v1/models", "/model/info", "/metrics"}) {
        assertThat(get(stack, path, "Host: x\r\n").body()).doesNotContain(":" + port);
      }
      Waits.done(stack.ollama(0).close());
      RawClient.Reply failed = post(stack, "Host: x\r\n");
      assertThat(failed.status()).isGreaterThanOrEqualTo(500);
      assertThat(failed.body() + failed.headers()).doesNotContain(port, "127.0.0.1");
      assertThat(get(stack, "/health", "Host: x\r\n").body()).doesNotContain(port, "127.0.0.1");
    }
  }

  @Test
  void speaksToTheDashboardsOfLiteLlm() throws IOException {
    try (Stack stack = stack("")) {
      assertThat(get(stack, "/health/liveliness", "Host: x\r\n").body())
          .isEqualTo("\"I'm alive!\"");
      assertThat(get(stack, "/health/readiness", "Host: x\r\n").body())
          .startsWith("{\"status\":\"healthy\",\"db\":\"Not connected\",\"cache\":null");
      assertThat(get(stack, "/health", "Host: x\r\n").body())
          .contains(
              "\"healthy_endpoints\":[{\"model\":\"ollama_chat/m\",\"model_name\":\"m\","
                  + "\"backend\":\"b0\"}],\"healthy_count\":1",
              "\"unhealthy_endpoints\":[],\"unhealthy_count\":0");
      String info = get(stack, "/v1/model/info", "Host: x\r\n").body();
      assertThat(info)
          .startsWith("{\"data\":[{\"model_name\":\"m\",\"litellm_params\":{\"model\":")
          .contains("\"max_tokens\":4096", "\"mode\":\"chat\"")
          .contains("\"supports_function_calling\":true", "\"supports_vision\":true");
      String id = info.replaceFirst(".*\"id\":\"([^\"]+)\".*", "$1");
      assertThat(get(stack, "/model/info?litellm_model_id=" + id, "Host: x\r\n").body())
          .isEqualTo(info);
      assertThat(get(stack, "/model/info?litellm_model_id=no", "Host: x\r\n").body())
          .isEqualTo("{\"data\":[]}");
    }
  }

  private static Stack stack(String server) {
    Recipe recipe = Recipe.of(1, Recipe.instant());
    return Stack.start(server.isEmpty() ? recipe : recipe.server(server))
        .answer("x", Script.text("y"));
  }

  private static RawClient.Reply post(Stack stack, String headers) throws IOException {
    String body = Chat.whole("x");
    String head =
        "POST %s HTTP/1.1\r\n%sContent-Type: application/json\r\nContent-Length: %d\r\n\r\n";
    return exchange(stack, head.formatted(Chat.PATH, headers, body.length()) + body);
  }

  private static RawClient.Reply get(Stack stack, String path, String headers) throws IOException {
    return exchange(stack, "GET %s HTTP/1.1\r\n%s\r\n".formatted(path, headers));
  }

  private static RawClient.Reply exchange(Stack stack, String bytes) throws IOException {
    try (RawClient client = stack.client()) {
      client.send(bytes.getBytes(UTF_8));
      return client.reply();
    }
  }
}
