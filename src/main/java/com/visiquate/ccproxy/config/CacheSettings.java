package com.visiquate.ccproxy.config;

import com.visiquate.ccproxy.fleet.CachePolicy;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Whether and where answers are kept for those who ask the same again.
 *
 * @param policy which requests have to do with it
 * @param ttl how long an answer is used; zero keeps none
 * @param size most bytes of all answers in the memory of this process
 */
public record CacheSettings(CachePolicy policy, Duration ttl, long size, Redis redis) {
  /** Requests that are certain to be answered alike share a run; nothing is kept. */
  public static final CacheSettings DEFAULT =
      new CacheSettings(CachePolicy.DEFAULT, Duration.ZERO, 256L << 20, Redis.NONE);

  CacheSettings halved() {
    return new CacheSettings(policy, ttl, size / 2, redis);
  }

  public boolean isOn() {
    return policy.isAny();
  }

  /**
   * A Redis that gateways share.
   *
   * @param url with user and perhaps password; empty for none
   * @param password that goes before the one of the address; empty for none
   * @param ca file with the certificates in PEM that are believed; empty for those of the JDK
   */
  public record Redis(String url, String password, String ca) {
    /** Nothing is shared. */
    public static final Redis NONE = new Redis("", "", "");

    private static final Pattern PARTS = Pattern.compile("(rediss?://)(?:([^:@/]*)[^@/]*@)?(.*)");

    public boolean isThere() {
      return !url.isEmpty();
    }

    /** Where it is, and all that it wants to know. */
    public String address() {
      Matcher parts = PARTS.matcher(url);
      if (password.isEmpty() || !parts.matches()) {
        return url;
      }
      String user = parts.group(2) == null ? "" : parts.group(2);
      String secret = URLEncoder.encode(password, StandardCharsets.UTF_8);
      return parts.group(1) + user + ":" + secret + "@" + parts.group(3);
    }

    /** Where it is, without what is secret. */
    public String shown() {
      return url.replaceAll("//[^/@]*@", "//").replaceAll("\\?.*", "");
    }

    /** Without what is secret. */
    @Override
    public String toString() {
      return "Redis[%s, %s]".formatted(shown(), ca);
    }
  }
}
