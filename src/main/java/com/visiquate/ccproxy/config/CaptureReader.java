package com.visiquate.ccproxy.config;

import com.visiquate.ccproxy.fleet.AccessKey;
import com.visiquate.ccproxy.fleet.Alias;
import com.visiquate.ccproxy.fleet.FleetPlan;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Collectors;

/** The keys of {@code capture}. */
final class CaptureReader {
  private static final long MIB = 1L << 20;
  private static final long GIB = 1L << 30;
  private static final int LONGEST_KEEP = 36_500;
  private static final Kind<String> PATTERN =
      Kind.TEXT.when(CaptureReader::isPattern, "a regular expression that matches some text");

  private CaptureReader() {}

  static CaptureSettings read(Section section, FleetPlan plan) {
    CaptureSettings otherwise = CaptureSettings.OFF;
    CaptureSettings capture =
        new CaptureSettings(
            section.value("folder", Kind.TEXT, otherwise.folder()),
            known(section, "aliases", "alias or model", names(plan)),
            known(section, "keys", "key", keys(plan)),
            section.list("patterns").stream().flatMap(item -> item.as(PATTERN).stream()).toList(),
            section.value("size", Kind.size(MIB, 1024 * GIB), otherwise.size()),
            days(section, otherwise));
    section.end();
    return capture;
  }

  private static Duration days(Section section, CaptureSettings otherwise) {
    int usual = (int) otherwise.keep().toDays();
    return Duration.ofDays(section.value("days", Kind.whole(1, LONGEST_KEEP), usual));
  }

  /** Consent for a name that is misspelt is consent for nothing, or for somebody else. */
  private static List<String> known(Section section, String key, String what, Set<String> names) {
    Kind<String> name = Kind.TEXT.when(names::contains, "the name of an " + what + " of this file");
    return section.list(key).stream().flatMap(item -> item.as(name).stream()).toList();
  }

  private static Set<String> names(FleetPlan plan) {
    Set<String> names = new HashSet<>(plan.catalogue().names());
    plan.catalogue().aliases().stream().map(Alias::pattern).forEach(names::add);
    return names;
  }

  private static Set<String> keys(FleetPlan plan) {
    return plan.keys().stream().map(AccessKey::name).collect(Collectors.toSet());
  }

  private static boolean isPattern(String text) {
    try {
      return !Pattern.compile(text).matcher("").find();
    } catch (PatternSyntaxException wrong) {
      return false;
    }
  }
}
