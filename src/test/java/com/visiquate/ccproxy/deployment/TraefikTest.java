package com.visiquate.ccproxy.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** conf/traefik, with its variables filled in as Traefik would. */
@Tag("deployment")
final class TraefikTest {
  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
  private static final Path FOLDER = Path.of("conf", "traefik");
  private static final String TOKEN = "a-token-of-thirty-two-characters";
  private static final Map<String, String> VARIABLES =
      Map.of(
          "GATEWAY_DOMAIN", "ccproxy.example.com",
          "GATEWAY_TOKEN", TOKEN,
          "GATEWAY_CERTIFICATE", "/etc/chain.pem",
          "GATEWAY_PRIVATE_KEY", "/etc/key.pem");
  private static final Pattern VARIABLE = Pattern.compile("\\{\\{ env \"([A-Z_]+)\" }}");

  /** What each kind of thing may have, in the words of Traefik's reference. */
  private static final Map<String, Set<String>> KNOWN =
      Map.of(
          "", Set.of("http", "tls"),
          "http", Set.of("routers", "middlewares", "services", "serversTransports"),
          "router", Set.of("entryPoints", "rule", "priority", "middlewares", "service", "tls"),
          "middleware", Set.of("rateLimit", "ipAllowList"),
          "loadBalancer",
              Set.of(
                  "servers",
                  "healthCheck",
                  "passHostHeader",
                  "responseForwarding",
                  "serversTransport"),
          "tls", Set.of("certificates", "options"));

  private final JsonNode dynamic = dynamic();

  @Test
  void hasKeysThatTraefikKnows() {
    hasKnownKeys("", dynamic);
    hasKnownKeys("http", dynamic.path("http"));
    dynamic.at("/http/routers").forEach(router -> hasKnownKeys("router", router));
    dynamic.at("/http/middlewares").forEach(middleware -> hasKnownKeys("middleware", middleware));
    dynamic.at("/http/services").forEach(s -> hasKnownKeys("loadBalancer", s.get("loadBalancer")));
    hasKnownKeys("tls", dynamic.path("tls"));
  }

  @Test
  void refersOnlyToWhatIsThere() {
    for (JsonNode router : dynamic.at("/http/routers")) {
      assertThat(dynamic.at("/http/services").has(router.path("service").asText())).isTrue();
      router
          .path("middlewares")
          .forEach(name -> assertThat(dynamic.at("/http/middlewares").has(name.asText())).isTrue());
      assertThat(dynamic.at("/tls/options").has(router.at("/tls/options").asText())).isTrue();
      assertThat(router.path("entryPoints")).hasSize(1);
      assertThat(statics().path("entryPoints").has(router.at("/entryPoints/0").asText())).isTrue();
    }
    JsonNode balancer = dynamic.at("/http/services/ccproxy/loadBalancer");
    String transport = balancer.path("serversTransport").asText();
    assertThat(dynamic.at("/http/serversTransports").has(transport)).isTrue();
  }

  @Test
  void letsNobodyInWithoutTheToken() {
    JsonNode routers = dynamic.at("/http/routers");

    assertThat(routers.at("/clients/rule").asText())
        .contains("Header(`Authorization`, `Bearer " + TOKEN + "`)")
        .contains("Header(`X-Api-Key`, `" + TOKEN + "`)");
    assertThat(routers.at("/health/rule").asText()).contains("Path(`/health`)");
    assertThat(refusal("no-token")).isEqualTo(401);
    assertThat(refusal("wrong-token")).isEqualTo(403);
    assertThat(routers.at("/health/priority").asInt())
        .isGreaterThan(routers.at("/clients/priority").asInt());
    assertThat(routers.at("/clients/priority").asInt())
        .isGreaterThan(routers.at("/wrong-token/priority").asInt());
    assertThat(routers.at("/wrong-token/priority").asInt())
        .isGreaterThan(routers.at("/no-token/priority").asInt());
  }

  @Test
  void asksEveryTenSecondsWhetherCcproxyIsReady() {
    JsonNode check = dynamic.at("/http/services/ccproxy/loadBalancer/healthCheck");

    assertThat(check.path("interval").asText()).isEqualTo("10s");
    assertThat(check.path("path").asText()).isEqualTo("/health/readiness");
  }

  @Test
  void neverHoldsAStreamBack() {
    assertThat(dynamic.at("/http/services/ccproxy/loadBalancer/responseForwarding/flushInterval"))
        .hasToString("\"-1ms\"");
    assertThat(
            dynamic.at("/http/serversTransports/ccproxy/forwardingTimeouts/responseHeaderTimeout"))
        .hasToString("\"0s\"");
    assertThat(statics().at("/entryPoints/websecure/transport/respondingTimeouts/writeTimeout"))
        .hasToString("\"0s\"");
    assertThat(dynamic.at("/http/middlewares").toString()).doesNotContain("buffering", "compress");
  }

  @Test
  void takesItsSecretsFromTheEnvironment() throws IOException {
    Set<String> variables = new TreeSet<>();
    VARIABLE.matcher(text()).results().map(found -> found.group(1)).forEach(variables::add);
    variables.remove("NAME");

    assertThat(variables).isEqualTo(new TreeSet<>(VARIABLES.keySet()));
    assertThat(text()).contains("{{ if lt (len (env \"GATEWAY_TOKEN\")) 32 }}{{ fail ");
    assertThat(statics().at("/accessLog/fields/headers/defaultMode").asText()).isEqualTo("drop");
  }

  private int refusal(String router) {
    String name = dynamic.at("/http/routers").path(router).at("/middlewares/1").asText();
    return dynamic.at("/http/middlewares").path(name).at("/ipAllowList/rejectStatusCode").asInt();
  }

  private static void hasKnownKeys(String kind, JsonNode node) {
    assertThat(node.properties()).as(kind).isNotEmpty();
    node.fieldNames().forEachRemaining(key -> assertThat(KNOWN.get(kind)).contains(key));
  }

  private static JsonNode dynamic() {
    try {
      return YAML.readTree(VARIABLE.matcher(text()).replaceAll(TraefikTest::value));
    } catch (IOException broken) {
      throw new AssertionError(broken);
    }
  }

  private static String value(MatchResult found) {
    return VARIABLES.getOrDefault(found.group(1), "");
  }

  private static JsonNode statics() {
    try {
      return YAML.readTree(Files.readString(FOLDER.resolve("traefik.yaml")));
    } catch (IOException broken) {
      throw new AssertionError(broken);
    }
  }

  private static String text() throws IOException {
    return Files.readString(FOLDER.resolve("dynamic").resolve("ccproxy.yaml"));
  }
}
