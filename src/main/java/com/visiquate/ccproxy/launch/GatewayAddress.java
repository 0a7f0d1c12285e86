package com.visiquate.ccproxy.launch;

import com.visiquate.ccproxy.config.ConfigFile;
import com.visiquate.ccproxy.config.Loaded.Valid;
import com.visiquate.ccproxy.config.Settings;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where the gateway is that runs, and what it is shown by commands that ask it something.
 *
 * @param url without a slash at its end
 * @param key empty when there is none
 */
record GatewayAddress(String url, String key) {
  /** The variable that holds a key. */
  static final String KEY = "CCPROXY_KEY";

  private static final String USUAL = "http://127.0.0.1:8081";

  /**
   * By what its user says.
   *
   * @param url null for what the configuration says
   * @param config the file that says where; null for the usual one, if it is there
   */
  static GatewayAddress of(Surroundings surroundings, @Nullable String url, @Nullable Path config) {
    String key = surroundings.environment().getOrDefault(KEY, "").strip();
    String address = url == null ? configured(surroundings, config) : url.replaceAll("/+$", "");
    return new GatewayAddress(address, key);
  }

  /** A question to it; throws {@link IllegalArgumentException} when the address is none. */
  HttpRequest.Builder ask(String path) {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url + path));
    return key.isEmpty() ? request : request.header("Authorization", "Bearer " + key);
  }

  private static String configured(Surroundings surroundings, @Nullable Path config) {
    Path file = surroundings.folder().resolve(config == null ? CommandLineLaunch.USUAL : config);
    if (config != null || Files.exists(file)) {
      ConfigFile written = new ConfigFile(file, surroundings.environment());
      if (written.read() instanceof Valid valid) {
        Settings settings = valid.settings();
        return Summary.address(settings, settings.server().port());
      }
    }
    return USUAL;
  }
}
