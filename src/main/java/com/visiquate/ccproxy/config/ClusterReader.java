package com.visiquate.ccproxy.config;

import com.visiquate.ccproxy.config.ClusterSettings.Endpoint;
import com.visiquate.ccproxy.config.ClusterSettings.Tls;
import com.visiquate.ccproxy.fleet.NodeId;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The keys of {@code cluster}. */
final class ClusterReader {
  private static final int USUAL_PORT = 5_701;
  private static final int LAST_PORT = 65_534;
  private static final int SHORTEST_SECRET = 16;
  private static final Pattern HOST_AND_PORT =
      Pattern.compile("(?:\\[([0-9a-fA-F:]+)]|([^:\\s\\[\\]]+))(?::(\\d{1,5}))?");

  private static final String NODES = "where a node is, such as 100.64.0.3 or 100.64.0.3:5701";
  private static final Kind<String> NAME =
      Kind.TEXT.when(
          text -> text.matches("([A-Za-z0-9][A-Za-z0-9._-]*)?"), "letters, digits, '.', '_', '-'");
  private static final Kind<String> LISTEN =
      Kind.TEXT.when(
          text -> text.isEmpty() || endpoint(text).isPresent(),
          "an address of this machine that the others reach, such as 100.64.0.2:5701");
  private static final Kind<Endpoint> MEMBER =
      new Kind<>(NODES, ClusterReader::endpoint, Endpoint::toString);
  private static final Kind<String> SECRET =
      Kind.TEXT.when(
          text -> text.isEmpty() || text.length() >= SHORTEST_SECRET,
          "at least 16 letters that all nodes know, such as ${CCPROXY_CLUSTER_SECRET}");

  private final Section section;
  private final String name;

  private ClusterReader(Section section) {
    this.section = section;
    this.name = section.value("name", NAME, "");
  }

  static ClusterSettings read(Section section) {
    ClusterSettings settings = new ClusterReader(section).settings();
    section.end();
    return settings;
  }

  private ClusterSettings settings() {
    String node = needed("node", NAME, "what this node is called, such as mini-1");
    String listen = needed("listen", LISTEN, "where the others reach it, such as 100.64.0.2:5701");
    List<Endpoint> members = members();
    String secret = needed("secret", SECRET, "what all nodes know, in 16 letters at least");
    Tls tls = tls();
    if (name.isEmpty() || !section.reading().isWellSoFar()) {
      return ClusterSettings.ALONE;
    }
    Endpoint at = endpoint(listen).orElseThrow();
    if (tls == null && !isSheltered(at.host())) {
      exposed(at);
    }
    return new ClusterSettings(name, new NodeId(node), at, members, secret, tls);
  }

  /** A setting without which there is no cluster. */
  private String needed(String key, Kind<String> kind, String expectation) {
    int before = section.reading().problemCount();
    String value = section.value(key, kind, "");
    boolean missing = value.isEmpty() && section.reading().problemCount() == before;
    if (missing && !name.isEmpty()) {
      problem(key, "missing", expectation);
    }
    return value;
  }

  private List<Endpoint> members() {
    List<Item> written = section.list("members");
    if (written.isEmpty() && !name.isEmpty()) {
      problem("members", "missing", "where the nodes are: [100.64.0.2, 100.64.0.3]");
    }
    return written.stream().map(item -> item.as(MEMBER)).flatMap(Optional::stream).toList();
  }

  private @Nullable Tls tls() {
    Section tls = section.section("tls");
    String certificate = tls.value("certificate", Kind.TEXT, "");
    String key = tls.value("key", Kind.TEXT, "");
    String ca = tls.value("ca", Kind.TEXT, "");
    tls.end();
    List<String> all = List.of(certificate, key, ca);
    if (all.stream().allMatch(String::isEmpty)) {
      return null;
    }
    if (all.contains("")) {
      problem("tls", "a file is missing", "certificate, key and ca, files in PEM");
    }
    return new Tls(certificate, key, ca);
  }

  private void exposed(Endpoint listen) {
    problem(
        "listen",
        listen.toString(),
        "an address that only the nodes reach, of loopback or Tailscale, or cluster.tls as well");
  }

  private void problem(String key, String found, String expectation) {
    Place place = section.entry(key).map(Item::place).orElse(section.place());
    String path = section.path() + "." + key;
    section.reading().problem(Problem.expected(place, path, found, expectation));
  }

  /** Whether nobody listens in: this machine alone, or Tailscale's encrypted ranges. */
  static boolean isSheltered(String host) {
    return Doubts.isLoopback(host)
        || host.matches("100\\.(6[4-9]|[7-9]\\d|1[01]\\d|12[0-7])(\\.\\d{1,3}){2}")
        || host.toLowerCase(Locale.ROOT).startsWith("fd7a:115c:a1e0:");
  }

  private static Optional<Endpoint> endpoint(String text) {
    Matcher form = HOST_AND_PORT.matcher(text);
    if (!form.matches()) {
      return Optional.empty();
    }
    String host = form.group(1) == null ? form.group(2) : form.group(1);
    int port = form.group(3) == null ? USUAL_PORT : Integer.parseInt(form.group(3));
    // The port after it is the messages'.
    return port > 0 && port <= LAST_PORT ? Optional.of(new Endpoint(host, port)) : Optional.empty();
  }
}
